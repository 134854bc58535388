/* What it costs merely to read the features of the logistic rows: their sum, with as many
   partial sums as the compiler likes. */
#include "peers.h"
#include <stdlib.h>

static double *x;
static long length;

__attribute__((noipa)) static double sum(const double *x, long n) {
	double s = 0;
	for (long i = 0; i < n; i++)
		s += x[i];
	return s;
}

double reading(long numbers, long passes) {
	double s = 0;

	if (length != numbers) {
		x = realloc(x, numbers * sizeof *x);
		for (long i = 0; i < numbers; i++)
			x[i] = i % 7 - 3;
		length = numbers;
	}
	for (long k = 0; k < passes; k++)
		s += sum(x, numbers);
	return s;
}
