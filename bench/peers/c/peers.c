/* The peers in C. For each case named on a line of standard input, one round of it is run
   and the nanoseconds of a unit of its work are printed. */
#include "peers.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Of this process only, so that a busy machine disturbs little. */
static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(void) {
	char name[64];
	int number;

	while (scanf("%63s", name) == 1) {
		double begin = now(), units = 1;
		if (!strcmp(name, "versions")) {
			printf("gcc %d.%d\n", __GNUC__, __GNUC_MINOR__);
			fflush(stdout);
			continue;
		} else if (!strcmp(name, "read-3.2")) {
			reading(400000, 1); /* makes the numbers */
			begin = now();
			reading(400000, units = 100);
		} else if (!strcmp(name, "read-320")) {
			reading(40000000, 1);
			begin = now();
			reading(40000000, units = 2);
		} else if (!strcmp(name, "rosenbrock")) {
			fixed_step(0, units = 5000000);
		} else if (!strcmp(name, "quadratic")) {
			fixed_step(1, units = 1000000);
		} else if (!strcmp(name, "lbfgs")) {
			units = lbfgs_runs(2000);
		} else if (!strcmp(name, "chained")) {
			chained(units = 20);
		} else if (sscanf(name, "echo-%d", &number) == 1) {
			printf("%.2f\n", echo(number));
			fflush(stdout);
			continue;
		} else if (sscanf(name, "bbob-%d", &number) == 1) {
			bbob(number, units = number < 10 ? 200000 : 10000);
		} else {
			fprintf(stderr, "no case %s\n", name);
			return 1;
		}
		printf("%.2f\n", (now() - begin) / units);
		fflush(stdout);
	}
	return 0;
}
