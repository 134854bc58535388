/* Value and gradient of the chained Rosenbrock function in 10⁶ variables, from the standard
   start. */
#include "peers.h"
#include <stdlib.h>

enum { N = 1000000 };

/* Not inlined, so that no pass is dropped as the repetition of the one before. */
__attribute__((noipa)) static double evaluate(int n, const double *x, double *grad) {
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

void chained(long passes) {
	static double *x, *grad;

	if (!x) {
		x = malloc(N * sizeof *x), grad = malloc(N * sizeof *grad);
		for (int i = 0; i < N; i++) {
			x[i] = i % 2 ? 1 : -1.2;
			grad[i] = 0;
		}
	}
	for (long k = 0; k < passes; k++)
		evaluate(N, x, grad);
}
