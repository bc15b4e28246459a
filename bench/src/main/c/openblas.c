/*
 * OpenBLAS alone, without Java: products of row-major matrices on one thread, each given as
 * rows x steps x columns, GFLOP/s.
 *
 *   gcc -O2 -o /tmp/openblas bench/src/main/c/openblas.c -lopenblas
 *   OPENBLAS_CORETYPE=SKYLAKEX /tmp/openblas 32x256x96 32x256x100
 *   OPENBLAS_CORETYPE=SKYLAKEX OFF=4 DISTANCE=100 /tmp/openblas 32x256x96
 *
 * OFF: numbers by which all matrices start beyond a cache line, as Java's arrays start 16 bytes beyond eight; DISTANCE:
 * numbers from row to row of the right operand. The best of many trials in half a second.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void cblas_sgemm(int order, int transa, int transb, int m, int n, int k, float alpha, const float *a, int lda,
                 const float *b, int ldb, float beta, float *c, int ldc);
void openblas_set_num_threads(int threads);
char *openblas_get_corename(void);

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static int setting(const char *name, int otherwise) {
  const char *value = getenv(name);
  return value ? atoi(value) : otherwise;
}

static float *matrix(long size, int off) {
  float *x = aligned_alloc(64, (size * sizeof(float) / 64 + 2) * 64);
  if (!x) exit(1);
  x += off;
  for (long i = 0; i < size; i++) x[i] = (float)rand() / (float)RAND_MAX - 0.5f;
  return x;
}

int main(int count, char **shapes) {
  openblas_set_num_threads(1);
  int off = setting("OFF", 0);
  if (off < 0 || off > 16) return 1;
  for (int i = 1; i < count; i++) {
    int m, k, n;
    if (sscanf(shapes[i], "%dx%dx%d", &m, &k, &n) != 3 || m < 1 || k < 1 || n < 1) {
      fprintf(stderr, "openblas: shapes are rows x steps x columns, but got %s\n", shapes[i]);
      return 1;
    }
    int ldb = setting("DISTANCE", n);
    if (ldb < n) return 1;
    float *a = matrix((long)m * k, off), *b = matrix((long)k * ldb, off), *c = matrix((long)m * n, off);
    double work = 2.0 * m * n * k, best = 0;
    int calls = (int)(4e7 / work) + 1;
    for (double end = now() + 0.5; now() < end;) {
      double start = now();
      for (int j = 0; j < calls; j++) cblas_sgemm(101, 111, 111, m, n, k, 1, a, k, b, ldb, 0, c, n);
      double rate = work * calls / (now() - start);
      if (rate > best) best = rate;
    }
    printf("%s %s %.1f GFLOP/s\n", openblas_get_corename(), shapes[i], best / 1e9);
  }
  return 0;
}
