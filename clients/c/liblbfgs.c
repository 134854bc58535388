/*
 * liblbfgs (Naoaki Okazaki, https://www.chokkan.org/software/liblbfgs) as a method of gdbench,
 * unchanged, and a problem in C:
 *
 *     cc -O2 -o liblbfgs liblbfgs.c -llbfgs -lm
 *     gdbench try rosenbrock --process ./liblbfgs --method liblbfgs.lbfgs
 */
#include <lbfgs.h>

#include "gdbench.h"

static lbfgsfloatval_t evaluate(void *instance, const lbfgsfloatval_t *x, lbfgsfloatval_t *g, const int n, const lbfgsfloatval_t step) {
	double f = 0;
	(void)n;
	(void)step;
	gdb_evaluate((gdb_oracle *)instance, x, &f, g);
	return f;
}

/* liblbfgs calls this after each iteration, and ends where it does not return 0. */
static int progress(void *instance, const lbfgsfloatval_t *x, const lbfgsfloatval_t *g, const lbfgsfloatval_t fx,
	const lbfgsfloatval_t xnorm, const lbfgsfloatval_t gnorm, const lbfgsfloatval_t step, int n, int k, int ls) {
	gdb_oracle *o = (gdb_oracle *)instance;
	(void)g, (void)fx, (void)xnorm, (void)gnorm, (void)step, (void)n, (void)k, (void)ls;
	gdb_iterate(o, x);
	return o->over;
}

static const char *run(gdb_oracle *o, double *x, const gdb_settings *s) {
	static char message[64];
	lbfgs_parameter_t p;
	lbfgsfloatval_t *at = lbfgs_malloc(o->n);
	int i, code;
	if (at == NULL) return "out of memory";
	lbfgs_parameter_init(&p);
	p.m = (int)gdb_number(s, "memory");
	p.epsilon = 0; /* gdbench decides when it has converged */
	p.max_linesearch = (int)gdb_number(s, "trials");
	if (gdb_is(s, "search", "wolfe")) p.linesearch = LBFGS_LINESEARCH_BACKTRACKING_STRONG_WOLFE;
	if (gdb_is(s, "search", "armijo")) p.linesearch = LBFGS_LINESEARCH_BACKTRACKING_ARMIJO;
	for (i = 0; i < o->n; i++) at[i] = x[i];
	code = lbfgs(o->n, at, NULL, evaluate, progress, o, &p);
	lbfgs_free(at);
	snprintf(message, sizeof message, "liblbfgs returned the code %d", code);
	return message;
}

/* f = sum of a (x_i - 1)^2, of any number of variables. */
static int dimension(const gdb_settings *s) { return (int)gdb_number(s, "dim"); }

static void start(const gdb_settings *s, int n, double *x) {
	(void)s, (void)n, (void)x; /* zero */
}

static double bowl(const gdb_settings *s, int n, const double *x, double *g) {
	double a = gdb_number(s, "a"), f = 0;
	int i;
	for (i = 0; i < n; i++) {
		f += a * (x[i] - 1) * (x[i] - 1);
		if (g != NULL) g[i] = 2 * a * (x[i] - 1);
	}
	return f;
}

int main(void) {
	static const gdb_method methods[] = {{"lbfgs", "L-BFGS of liblbfgs", run,
		"{\"name\":\"memory\",\"type\":\"integer\",\"default\":6,\"range\":\"[1,)\",\"doc\":\"pairs of steps that it remembers\"},"
		"{\"name\":\"search\",\"type\":\"text\",\"default\":\"more-thuente\",\"oneof\":[\"more-thuente\",\"wolfe\",\"armijo\"],\"doc\":\"line search\"},"
		"{\"name\":\"trials\",\"type\":\"integer\",\"default\":40,\"range\":\"[1,)\",\"doc\":\"trials of a line search\"}",
		"\"family\":\"lbfgs\",\"source\":\"Okazaki 2010, liblbfgs 1.10\""}};
	static const gdb_problem problems[] = {{"bowl", "a bowl", dimension, start, bowl,
		"{\"name\":\"dim\",\"type\":\"integer\",\"default\":2,\"range\":\"[1,1000000]\",\"doc\":\"number of variables\"},"
		"{\"name\":\"a\",\"type\":\"number\",\"default\":1,\"range\":\"(0,)\",\"doc\":\"steepness\"}",
		"\"convexity\":\"strongly convex\",\"minimum\":{\"value\":0}"}};
	return gdb_serve("liblbfgs", "liblbfgs 1.10", methods, 1, problems, 1);
}
