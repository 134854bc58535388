/* What it costs merely to read the features of the logistic rows: their sum, in so many
   partial sums that no addition waits for another. */
#include "peers.h"
#include <stdlib.h>

static double *x;
static long length;

__attribute__((noipa)) static double sum(const double *x, long n) {
	double s[32] = {0}, total = 0;
	for (long i = 0; i + 32 <= n; i += 32)
		for (int k = 0; k < 32; k++)
			s[k] += x[i + k];
	for (int k = 0; k < 32; k++)
		total += s[k];
	return total;
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
