/* A method that measures what an evaluation over gdbench's pipes takes: its run ends with the
 * microseconds by the clock, of the batch that was disturbed least. */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "gdbench.h"

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static const char *evaluation(gdb_oracle *o, double *x, const gdb_settings *s) {
	static char message[64];
	enum { batches = 100, units = 100 };
	double f, least = 1e300, *g = malloc((size_t)o->n * sizeof *g);
	int i, k;
	(void)s;
	if (g == NULL) return "out of memory";
	for (k = 0; k < batches; k++) {
		double began = now(), took;
		for (i = 0; i < units; i++) gdb_evaluate(o, x, &f, g);
		took = (now() - began) / units;
		if (took < least) least = took;
	}
	free(g);
	snprintf(message, sizeof message, "measured %.3f", least);
	return message;
}

int main(void) {
	static const gdb_method methods[] = {{"evaluation", "measures an evaluation", evaluation, "", ""}};
	return gdb_serve("wire", "1", methods, 1, NULL, 0);
}
