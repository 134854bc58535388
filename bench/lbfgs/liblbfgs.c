/* liblbfgs on the quadratic of BenchmarkQuadratic: ten variables, eigenvalues log-spaced
   from 1 to 100, from all ones, 30 iterations a run, memory 6. Prints a line in the
   format of Go's benchmarks. */
#include <lbfgs.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

enum { N = 10, ITERATIONS = 30, RUNS = 20000 };

static double lambda[N];
static long iterations;

static lbfgsfloatval_t evaluate(void *instance, const lbfgsfloatval_t *x, lbfgsfloatval_t *g,
                                const int n, const lbfgsfloatval_t step) {
	double f = 0;
	for (int i = 0; i < n; i++) {
		g[i] = lambda[i] * x[i];
		f += x[i] * g[i];
	}
	return f / 2;
}

static int progress(void *instance, const lbfgsfloatval_t *x, const lbfgsfloatval_t *g,
                    const lbfgsfloatval_t fx, const lbfgsfloatval_t xnorm,
                    const lbfgsfloatval_t gnorm, const lbfgsfloatval_t step, int n, int k, int ls) {
	iterations++;
	return 0;
}

int main(void) {
	lbfgs_parameter_t p;
	struct timespec begin, end;
	double f, *x = lbfgs_malloc(N);

	for (int i = 0; i < N; i++)
		lambda[i] = pow(100, i / (N - 1.0));
	lbfgs_parameter_init(&p);
	p.max_iterations = ITERATIONS;
	p.epsilon = 0;
	p.m = 6;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (int r = 0; r < RUNS; r++) {
		for (int i = 0; i < N; i++)
			x[i] = 1;
		lbfgs(N, x, &f, evaluate, progress, NULL, &p);
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("BenchmarkLiblbfgs\t%ld\t%.1f ns/op\n", iterations,
	       ((end.tv_sec - begin.tv_sec) * 1e9 + (end.tv_nsec - begin.tv_nsec)) / iterations);
	return 0;
}
