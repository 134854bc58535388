/* Gradient descent with a fixed step, as plain as can be: value and gradient together
   through a pointer to a function, then the step. */
#include "peers.h"

typedef double objective(const double *x, double *grad);

static double rosenbrock(const double *x, double *grad) {
	double a = x[1] - x[0] * x[0], b = 1 - x[0];
	grad[0] = -400 * x[0] * a - 2 * b;
	grad[1] = 200 * a;
	return 100 * a * a + b * b;
}

enum { N = 10 };

/* The matrix of the own side: 0.1, and 1 … 10 on the diagonal. */
static double matrix[N][N];

static double quadratic(const double *x, double *grad) {
	double f = 0;
	for (int i = 0; i < N; i++) {
		double sum = 0;
		for (int j = 0; j < N; j++)
			sum += matrix[i][j] * x[j];
		grad[i] = sum;
		f += x[i] * sum;
	}
	return f / 2;
}

static objective *volatile chosen;
static volatile double result;

void fixed_step(int is_quadratic, long n) {
	double x[N], grad[N], f = 0, lr = is_quadratic ? 1e-8 : 1e-4;
	int dim = is_quadratic ? N : 2;

	for (int i = 0; i < N; i++) {
		x[i] = is_quadratic || i ? 1 : -1.2;
		for (int j = 0; j < N; j++)
			matrix[i][j] = i == j ? i + 1 : 0.1;
	}
	chosen = is_quadratic ? quadratic : rosenbrock;
	objective *evaluate = chosen;
	evaluate(x, grad);
	for (long k = 0; k < n; k++) {
		for (int i = 0; i < dim; i++)
			x[i] -= lr * grad[i];
		f = evaluate(x, grad);
	}
	result = f + x[0];
}
