/*
 * The probes of dev.incipit.bench.suite once more, in C: what FmaProbe and CopyProbe find must be what
 * the machine can do, not what a Java compiler makes of it.
 *
 *   gcc -O3 -march=native -o /tmp/probe bench/src/main/c/probe.c && /tmp/probe
 *
 * Prints, for each width the processor has, multiply-adds on registers in GFLOP/s (twelve chains, two
 * operations a lane) and copies in GB/s (bytes read and written) at CopyProbe's working sets; and reads
 * alone, which no probe in Java has: what a sum could reach. The best of some trials: a probe is a limit.
 */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define CHAINS 12
#define STEPS 200000
#define TRIALS 25

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static volatile float sink;

/* The chains stand in an array that the compiler keeps in registers, for the loop over them is unrolled. */
#define FMA_PROBE(NAME, V, LANES, SET, FMADD, STORE)                  \
  static double NAME(void) {                                          \
    double best = 0;                                                  \
    for (int trial = 0; trial < TRIALS; trial++) {                    \
      V x = SET(0.5f), y = SET(0x1p-18f), a[CHAINS];                  \
      for (int c = 0; c < CHAINS; c++) a[c] = SET((float)c);          \
      double start = now();                                           \
      for (long i = 0; i < STEPS; i++) {                              \
        _Pragma("GCC unroll 12") for (int c = 0; c < CHAINS; c++) {   \
          a[c] = FMADD(x, y, a[c]);                                   \
          __asm__ volatile("" : "+v"(a[c]));                          \
        }                                                             \
      }                                                               \
      double rate = 2.0 * LANES * CHAINS * STEPS / (now() - start);   \
      if (rate > best) best = rate;                                   \
      float out[LANES];                                               \
      for (int c = 0; c < CHAINS; c++) {                              \
        STORE(out, a[c]);                                             \
        sink += out[0];                                               \
      }                                                               \
    }                                                                 \
    return best / 1e9;                                                \
  }

#define COPY_PROBE(NAME, V, LANES, LOAD, STORE)                       \
  static double NAME(float *x, float *z, long n) {                    \
    double best = 0;                                                  \
    long repeats = 1 + 20000000 / n;                                  \
    for (int trial = 0; trial < TRIALS; trial++) {                    \
      double start = now();                                           \
      for (long r = 0; r < repeats; r++) {                            \
        _Pragma("GCC unroll 8")                                       \
        for (long i = 0; i < n; i += LANES) STORE(z + i, LOAD(x + i)); \
        __asm__ volatile("" ::: "memory");                            \
      }                                                               \
      double rate = 8.0 * n * repeats / (now() - start);              \
      if (rate > best) best = rate;                                   \
    }                                                                 \
    return best / 1e9;                                                \
  }

/* The loop of a sum by the library's contract: 64 lanes, as many chains as that is vectors. */
#define READ_PROBE(NAME, V, LANES, LOAD, SET, ADD, STORE)             \
  static double NAME(float *x, float *unused, long n) {               \
    double best = 0;                                                  \
    long repeats = 1 + 20000000 / n;                                  \
    (void)unused;                                                     \
    for (int trial = 0; trial < TRIALS; trial++) {                    \
      V a[64 / LANES];                                                \
      for (int c = 0; c < 64 / LANES; c++) a[c] = SET(0);             \
      double start = now();                                           \
      for (long r = 0; r < repeats; r++) {                            \
        for (long i = 0; i < n; i += 64) {                            \
          _Pragma("GCC unroll 16") for (int c = 0; c < 64 / LANES; c++) \
            a[c] = ADD(a[c], LOAD(x + i + c * LANES));                \
        }                                                             \
        __asm__ volatile("" ::: "memory");                            \
      }                                                               \
      double rate = 4.0 * n * repeats / (now() - start);              \
      if (rate > best) best = rate;                                   \
      float out[LANES];                                               \
      for (int c = 0; c < 64 / LANES; c++) {                          \
        STORE(out, a[c]);                                             \
        sink += out[0];                                               \
      }                                                               \
    }                                                                 \
    return best / 1e9;                                                \
  }

#ifdef __AVX512F__
READ_PROBE(read512, __m512, 16, _mm512_loadu_ps, _mm512_set1_ps, _mm512_add_ps, _mm512_storeu_ps)
FMA_PROBE(fma512, __m512, 16, _mm512_set1_ps, _mm512_fmadd_ps, _mm512_storeu_ps)
COPY_PROBE(copy512, __m512, 16, _mm512_loadu_ps, _mm512_storeu_ps)
#endif
#ifdef __FMA__
READ_PROBE(read256, __m256, 8, _mm256_loadu_ps, _mm256_set1_ps, _mm256_add_ps, _mm256_storeu_ps)
READ_PROBE(read128, __m128, 4, _mm_loadu_ps, _mm_set1_ps, _mm_add_ps, _mm_storeu_ps)
FMA_PROBE(fma256, __m256, 8, _mm256_set1_ps, _mm256_fmadd_ps, _mm256_storeu_ps)
COPY_PROBE(copy256, __m256, 8, _mm256_loadu_ps, _mm256_storeu_ps)
FMA_PROBE(fma128, __m128, 4, _mm_set1_ps, _mm_fmadd_ps, _mm_storeu_ps)
COPY_PROBE(copy128, __m128, 4, _mm_loadu_ps, _mm_storeu_ps)
#endif

static void passes(const char *name, int bits, int arrays, double (*pass)(float *, float *, long)) {
  static const char *names[] = {"L1", "L2", "L3", "memory"};
  static const long bytes[] = {24L << 10, 512L << 10, 8L << 20, 192L << 20};
  for (int s = 0; s < 4; s++) {
    /* WorkingSet.length(arrays); Java's arrays begin 16 bytes after a line at best. */
    long n = bytes[s] / 4 / arrays / 1024 * 1024 + 320;
    char *x = aligned_alloc(64, 4 * n + 128), *z = aligned_alloc(64, 4 * n + 128);
    float *from = (float *)(x + 16), *to = (float *)(z + 16);
    for (long i = 0; i < n; i++) from[i] = to[i] = (float)i;
    printf("%s %-6s %d bits  %7.1f GB/s\n", name, names[s], bits, pass(from, to, n));
    free(x);
    free(z);
  }
}

int main(void) {
#ifdef __AVX512F__
  printf("multiply-adds 512 bits  %7.1f GFLOP/s\n", fma512());
  passes("copy", 512, 2, copy512);
  passes("read", 512, 1, read512);
#endif
#ifdef __FMA__
  printf("multiply-adds 256 bits  %7.1f GFLOP/s\n", fma256());
  passes("copy", 256, 2, copy256);
  passes("read", 256, 1, read256);
  printf("multiply-adds 128 bits  %7.1f GFLOP/s\n", fma128());
  passes("copy", 128, 2, copy128);
  passes("read", 128, 1, read128);
#endif
  return 0;
}
