/* What the system takes to carry a question about a point in n variables to another program and its
 * value and gradient back, over two pipes: two programs in C, which do nothing else. */
#define _POSIX_C_SOURCE 200809L
#include "peers.h"
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Reads all of it; 0 at the end of the pipe. */
static int whole(int from, char *into, size_t length) {
	while (length > 0) {
		ssize_t done = read(from, into, length);
		if (done <= 0) return 0;
		into += done;
		length -= (size_t)done;
	}
	return 1;
}

double echo(int n) {
	enum { batches = 100, units = 100, head = 8 };
	size_t question = head + 8 * (size_t)n, answer = question + 8;
	char *buffer = calloc(1, answer);
	double least = 1e300;
	int to[2], from[2], failed = buffer == NULL || pipe(to) != 0 || pipe(from) != 0, i, k;
	pid_t child = failed ? -1 : fork();
	if (child < 0) exit(1);
	if (child == 0) {
		close(to[1]);
		while (whole(to[0], buffer, question))
			if (write(from[1], buffer, answer) != (ssize_t)answer) break;
		_exit(0);
	}
	close(to[0]);
	close(from[1]);
	for (k = 0; k < batches; k++) {
		double began = now(), took;
		for (i = 0; i < units; i++)
			if (write(to[1], buffer, question) != (ssize_t)question || !whole(from[0], buffer, answer)) exit(1);
		took = (now() - began) / units;
		if (took < least) least = took;
	}
	close(to[1]);
	close(from[0]);
	waitpid(child, NULL, 0);
	free(buffer);
	return least;
}
