/* liblbfgs on a quadratic in ten variables, eigenvalues log-spaced from 1 to 100, from all
   ones, 30 iterations a run, memory 6. */
#include "peers.h"
#include <lbfgs.h>
#include <math.h>

enum { N = 10, ITERATIONS = 30 };

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

long lbfgs_runs(long runs) {
	lbfgs_parameter_t p;
	double f, *x = lbfgs_malloc(N);

	for (int i = 0; i < N; i++)
		lambda[i] = pow(100, i / (N - 1.0));
	lbfgs_parameter_init(&p);
	p.max_iterations = ITERATIONS;
	p.epsilon = 0;
	p.m = 6;
	iterations = 0;
	for (long r = 0; r < runs; r++) {
		for (int i = 0; i < N; i++)
			x[i] = 1;
		lbfgs(N, x, &f, evaluate, progress, 0, &p);
	}
	lbfgs_free(x);
	return iterations;
}
