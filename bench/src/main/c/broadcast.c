/*
 * What a multiply-add by a number in memory is worth where a row of the product is one vector: the loop of
 * the tile for ten columns, with AVX-512's operand {1to16}, which C2 does not use, and with broadcasts of
 * their own, which is what C2 makes. 100 steps, everything in the first-level cache.
 *
 *   gcc -O3 -march=native -o /tmp/broadcast bench/src/main/c/broadcast.c && /tmp/broadcast
 *
 * The best of some trials. The clock is taken from multiply-adds on registers, two a cycle.
 */
#include <immintrin.h>
#include <stdio.h>
#include <time.h>

#define STEPS 100
#define CALLS 20000
#define TRIALS 40

typedef void tile(const float *a, const float *b, float *c, long k);

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* OWN: keep the broadcast number in a register, so that the compiler cannot fold it into the multiply-add. */
#define TILE(NAME, ROWS, OWN)                                                                    \
  __attribute__((noinline)) static void NAME(const float *a, const float *b, float *c, long k) { \
    __m512 sum[ROWS];                                                                            \
    for (int r = 0; r < ROWS; r++) sum[r] = _mm512_setzero_ps();                                 \
    for (long p = 0; p < k; p++) {                                                               \
      __m512 x = _mm512_loadu_ps(b + 16 * p);                                                    \
      _Pragma("GCC unroll 16") for (int r = 0; r < ROWS; r++) {                                  \
        __m512 y = _mm512_set1_ps(a[r * k + p]);                                                 \
        if (OWN) __asm__ volatile("" : "+v"(y));                                                 \
        sum[r] = _mm512_fmadd_ps(y, x, sum[r]);                                                  \
      }                                                                                          \
    }                                                                                            \
    for (int r = 0; r < ROWS; r++) _mm512_storeu_ps(c + 16 * r, sum[r]);                         \
  }

TILE(memory8, 8, 0)
TILE(own8, 8, 1)
TILE(memory12, 12, 0)
TILE(own12, 12, 1)
TILE(memory16, 16, 0)
TILE(own16, 16, 1)

static double gigahertz(void) {
  double best = 0;
  for (int trial = 0; trial < TRIALS; trial++) {
    __m512 x = _mm512_set1_ps(0.5f), a[12];
    for (int c = 0; c < 12; c++) a[c] = x;
    double start = now();
    for (long i = 0; i < 200000; i++) {
      _Pragma("GCC unroll 12") for (int c = 0; c < 12; c++) {
        a[c] = _mm512_fmadd_ps(x, x, a[c]);
        __asm__ volatile("" : "+v"(a[c]));
      }
    }
    double rate = 6.0 * 200000 / (now() - start);
    if (rate > best) best = rate;
  }
  return best / 1e9;
}

static float a[16 * STEPS], b[16 * STEPS], c[16 * 16];

static void time_tile(const char *name, int rows, tile *f, double ghz) {
  double best = 1e9;
  for (int trial = 0; trial < TRIALS; trial++) {
    double start = now();
    for (int i = 0; i < CALLS; i++) f(a, b, c, STEPS);
    double nanos = (now() - start) / CALLS * 1e9;
    if (nanos < best) best = nanos;
  }
  printf("%2d rows, %-22s %5.2f cycles a step, %4.0f GFLOP/s of ten columns\n", rows, name,
         best * ghz / STEPS, 2.0 * rows * 10 * STEPS / best);
}

int main(void) {
  for (int i = 0; i < 16 * STEPS; i++) a[i] = b[i] = (float)(i % 7);
  double ghz = gigahertz();
  time_tile("numbers in memory", 8, memory8, ghz);
  time_tile("broadcasts of their own", 8, own8, ghz);
  time_tile("numbers in memory", 12, memory12, ghz);
  time_tile("broadcasts of their own", 12, own12, ghz);
  time_tile("numbers in memory", 16, memory16, ghz);
  time_tile("broadcasts of their own", 16, own16, ghz);
  return 0;
}
