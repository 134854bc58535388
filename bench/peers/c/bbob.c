/* Values of BBOB functions in 20 variables, without gradients, as their definitions read: x less x*,
   the transformations one after the other, and the raw function. What an instance draws is made up
   here, which costs the same. */
#include "peers.h"
#include <math.h>
#include <stdlib.h>

enum { N = 20, PEAKS = 101 };

static double at[N], rotation[N][N], second[N][N], heights[PEAKS], centres[PEAKS][N], scales[PEAKS][N];

static void turned(double *z, double m[N][N], const double *x) {
	for (int i = 0; i < N; i++) {
		z[i] = 0;
		for (int j = 0; j < N; j++)
			z[i] += m[i][j] * x[j];
	}
}

static double oscillated(double x) {
	if (x == 0)
		return 0;
	double t = log(fabs(x)) / 0.1, a = x > 0 ? 1 : 0.55, b = x > 0 ? 0.79 : 0.31;
	return copysign(pow(exp(t + 0.49 * (sin(a * t) + sin(b * t))), 0.1), x);
}

static double asymmetric(double x, int i) {
	return x > 0 ? pow(x, 1 + 0.2 * i / (N - 1.0) * sqrt(x)) : x;
}

static void shifted(double *z, const double *x) {
	for (int i = 0; i < N; i++)
		z[i] = x[i] - at[i];
}

static double sphere(const double *x) {
	double f = 0, z[N];
	shifted(z, x);
	for (int i = 0; i < N; i++)
		f += z[i] * z[i];
	return f + 79.48;
}

static double rosenbrock(const double *x) {
	double f = 0, z[N], factor = sqrt(N) / 8 > 1 ? sqrt(N) / 8 : 1;
	shifted(z, x);
	for (int i = 0; i < N; i++)
		z[i] = factor * z[i] + 1;
	for (int i = 0; i + 1 < N; i++) {
		double a = z[i] * z[i] - z[i + 1], b = z[i] - 1;
		f += 100 * a * a + b * b;
	}
	return f + 79.48;
}

static double ellipsoid(const double *x) {
	double f = 0, y[N], z[N];
	shifted(y, x);
	turned(z, rotation, y);
	for (int i = 0; i < N; i++) {
		double v = oscillated(z[i]);
		f += pow(1e6, i / (N - 1.0)) * v * v;
	}
	return f + 79.48;
}

static double rastrigin(const double *x) {
	double bowl = 0, cosines = 0, y[N], z[N];
	shifted(y, x);
	turned(z, rotation, y);
	for (int i = 0; i < N; i++)
		z[i] = asymmetric(oscillated(z[i]), i);
	turned(y, second, z);
	for (int i = 0; i < N; i++) {
		cosines += cos(2 * M_PI * y[i]);
		bowl += y[i] * y[i];
	}
	return 10 * (N - cosines) + bowl + 79.48;
}

static double gallagher(const double *x) {
	double highest = 0, penalty = 0, z[N];
	for (int i = 0; i < N; i++) {
		double out = fabs(x[i]) - 5;
		if (out > 0)
			penalty += out * out;
	}
	turned(z, rotation, x);
	for (int k = 0; k < PEAKS; k++) {
		double sum = 0;
		for (int i = 0; i < N; i++) {
			double d = z[i] - centres[k][i];
			sum += scales[k][i] * d * d;
		}
		double v = heights[k] * exp(-0.5 / N * sum);
		if (v > highest)
			highest = v;
	}
	double t = oscillated(10 - highest);
	return t * t + penalty + 79.48;
}

/* An orthogonal matrix, by two reflections. */
static void reflected(double m[N][N], int seed) {
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++)
			m[i][j] = i == j;
	for (int k = 0; k < 2; k++) {
		double u[N], square = 0, p;
		for (int i = 0; i < N; i++)
			u[i] = sin(seed + 3.1 * k + i * (1.7 + k)), square += u[i] * u[i];
		for (int i = 0; i < N; i++) {
			p = 0;
			for (int j = 0; j < N; j++)
				p += m[i][j] * u[j];
			for (int j = 0; j < N; j++)
				m[i][j] -= 2 * p * u[j] / square;
		}
	}
}

typedef double function(const double *);
static function *volatile chosen;
static volatile double result;

/* The point changes from pass to pass, as in a descent. */
void bbob(int number, long passes) {
	double x[N], sum = 0;
	for (int i = 0; i < N; i++) {
		at[i] = 3 * sin(1 + i), x[i] = 3 * cos(1 + i);
		for (int k = 0; k < PEAKS; k++) {
			heights[k] = k ? 1.1 + 8 * (k - 1) / (PEAKS - 2.0) : 10;
			centres[k][i] = 5 * sin(k * N + i);
			scales[k][i] = pow(30, (i * 7 + k) % N / (N - 1.0) - 0.5);
		}
	}
	reflected(rotation, 1), reflected(second, 2);
	chosen = number == 1 ? sphere : number == 8 ? rosenbrock : number == 10 ? ellipsoid : number == 15 ? rastrigin : gallagher;
	function *f = chosen;
	for (long k = 0; k < passes; k++) {
		x[k % N] = -x[k % N];
		sum += f(x);
	}
	result = sum;
}
