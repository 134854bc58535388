/* The loop of BenchmarkMillion in C: value and gradient of the chained Rosenbrock function
   in 10⁶ variables, from the standard start. Prints a line in the format of Go's
   benchmarks. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { N = 1000000, RUNS = 200 };

/* Not inlined, so that no run is dropped as the repetition of the one before. */
__attribute__((noinline)) static double evaluate(int n, const double *x, double *grad) {
	double f = 0, carry = 0; /* carry: what the term before adds to ∂f/∂xᵢ */
	for (int i = 0; i + 1 < n; i++) {
		double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
		f += 100 * a * a + b * b;
		grad[i] = carry - 400 * x[i] * a - 2 * b;
		carry = 200 * a;
	}
	grad[n - 1] = carry;
	return f;
}

int main(void) {
	struct timespec begin, end;
	double f = 0, *x = malloc(N * sizeof *x), *grad = malloc(N * sizeof *grad);

	for (int i = 0; i < N; i++) {
		x[i] = i % 2 ? 1 : -1.2;
		grad[i] = 0;
	}
	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (int run = 0; run < RUNS; run++) {
		x[0] = -1.2 + 1e-9 * run;
		f += evaluate(N, x, grad);
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	double ns = (end.tv_sec - begin.tv_sec) * 1e9 + (end.tv_nsec - begin.tv_nsec);
	printf("BenchmarkC %d %.0f ns/op\n", RUNS, ns / RUNS);
	return f + grad[0] == 0;
}
