/*
 * Methods and problems in C and C++ for gdbench, a benchmark of descent methods: one header.
 *
 * A method keeps its own loop. It asks for values and gradients, and announces its iterates:
 *
 *     static const char *descend(gdb_oracle *o, double *x, const gdb_settings *s) {
 *         double lr = gdb_number(s, "lr"), g[o->n];
 *         while (gdb_gradient(o, x, g) == 0) {
 *             for (int i = 0; i < o->n; i++) x[i] -= lr * g[i];
 *             gdb_iterate(o, x);
 *         }
 *         return "";
 *     }
 *
 *     int main(void) {
 *         static const gdb_method methods[] = {{"descent", "gradient descent", descend,
 *             "{\"name\": \"lr\", \"type\": \"length\", \"default\": 0.1, \"range\": \"(0,)\"}", ""}};
 *         return gdb_serve("mine", "1", methods, 1, NULL, 0);
 *     }
 *
 * A question returns 0, or 1 where the run is over; the method then returns. docs/protocol.md
 * describes what goes over the pipes. POSIX and little-endian machines only. Functions that a
 * program does not use cost nothing.
 */
#ifndef GDBENCH_H
#define GDBENCH_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GDB_PROTOCOL 1
#define GDB_READ 3
#define GDB_WRITE 4
#define GDB_UNUSED __attribute__((unused))

/* The problem as a method sees it. */
typedef struct {
	int n;        /* variables */
	int over;     /* the run is over: no question is answered any more */
	int batched;  /* call gdb_next_batch once in each iteration */
	char *buffer; /* room for a message */
	size_t room;
} gdb_oracle;

/* The parameters of a run: the text of a JSON object. */
typedef struct {
	const char *text;
} gdb_settings;

/* A method. Parameters are JSON objects, separated by commas, and more is further keys of the
 * hello, such as "\"batches\": true"; both as in docs/protocol.md. It returns a message. */
typedef struct {
	const char *name, *summary;
	const char *(*run)(gdb_oracle *o, double *x, const gdb_settings *s);
	const char *parameters, *more;
} gdb_method;

/* A problem of n variables, given by its dimension and its start (which build fills in) and
 * its value and gradient. Facts is further keys of the answer, such as
 * "\"convexity\": \"convex\", \"minimum\": {\"value\": 0}". g may be NULL. */
typedef struct {
	const char *name, *summary;
	int (*dimension)(const gdb_settings *s);
	void (*start)(const gdb_settings *s, int n, double *x);
	double (*evaluate)(const gdb_settings *s, int n, const double *x, double *g);
	const char *parameters, *facts;
} gdb_problem;

GDB_UNUSED static void gdb_die(const char *why) {
	fprintf(stderr, "%s\n", why);
	_exit(1);
}

GDB_UNUSED static void gdb_write(const void *message, size_t length) {
	const char *p = (const char *)message;
	while (length > 0) {
		ssize_t done = write(GDB_WRITE, p, length);
		if (done < 0 && errno == EINTR) continue;
		if (done <= 0) _exit(0); /* gdbench has gone */
		p += done;
		length -= (size_t)done;
	}
}

GDB_UNUSED static void gdb_read(void *into, size_t length) {
	char *p = (char *)into;
	while (length > 0) {
		ssize_t done = read(GDB_READ, p, length);
		if (done < 0 && errno == EINTR) continue;
		if (done <= 0) _exit(0);
		p += done;
		length -= (size_t)done;
	}
}

GDB_UNUSED static void *gdb_room(gdb_oracle *o, size_t length) {
	if (length > o->room) {
		o->buffer = (char *)realloc(o->buffer, length);
		if (o->buffer == NULL) gdb_die("out of memory");
		o->room = length;
	}
	return o->buffer;
}

/* Writes the head of a frame. */
GDB_UNUSED static void gdb_head(char *at, char kind, unsigned number, size_t payload) {
	uint32_t length = (uint32_t)payload;
	at[0] = kind;
	at[1] = 0;
	at[2] = (char)(number & 255);
	at[3] = (char)(number >> 8);
	memcpy(at + 4, &length, 4);
}

/* Sends a frame of numbers: a, then b, which may be NULL. */
GDB_UNUSED static void gdb_send(gdb_oracle *o, char kind, unsigned number, const double *a, size_t na, const double *b, size_t nb) {
	char *m = (char *)gdb_room(o, 8 + 8 * (na + nb));
	gdb_head(m, kind, number, 8 * (na + nb));
	if (na > 0) memcpy(m + 8, a, 8 * na);
	if (nb > 0) memcpy(m + 8 + 8 * na, b, 8 * nb);
	gdb_write(m, 8 + 8 * (na + nb));
}

/* Reads the answer to a question, of na and nb numbers. */
GDB_UNUSED static int gdb_answer(gdb_oracle *o, char kind, double *a, size_t na, double *b, size_t nb) {
	size_t expected = 8 * (na + nb);
	char *m = (char *)gdb_room(o, 8 + expected);
	uint32_t length;
	ssize_t done = read(GDB_READ, m, 8 + expected); /* as a rule all of it */
	if (done < 0 && errno != EINTR) _exit(0);
	if (done == 0) _exit(0);
	if (done < 8) {
		if (done < 0) done = 0;
		gdb_read(m + done, 8 - (size_t)done);
		done = 8;
	}
	if (m[0] == 'S') {
		o->over = 1;
		return 1;
	}
	memcpy(&length, m + 4, 4);
	if (m[0] != kind || length != expected) gdb_die("gdbench sent another frame than was expected");
	gdb_read(m + done, 8 + expected - (size_t)done);
	if (na > 0) memcpy(a, m + 8, 8 * na);
	if (nb > 0) memcpy(b, m + 8 + 8 * na, 8 * nb);
	return 0;
}

/* f(x). */
GDB_UNUSED static int gdb_value(gdb_oracle *o, const double *x, double *f) {
	if (o->over) return 1;
	gdb_send(o, 'V', 0, x, (size_t)o->n, NULL, 0);
	return gdb_answer(o, 'v', f, 1, NULL, 0);
}

/* The gradient at x, n numbers. */
GDB_UNUSED static int gdb_gradient(gdb_oracle *o, const double *x, double *g) {
	if (o->over) return 1;
	gdb_send(o, 'G', 0, x, (size_t)o->n, NULL, 0);
	return gdb_answer(o, 'g', g, (size_t)o->n, NULL, 0);
}

/* f(x) and the gradient, as one evaluation. */
GDB_UNUSED static int gdb_evaluate(gdb_oracle *o, const double *x, double *f, double *g) {
	if (o->over) return 1;
	gdb_send(o, 'E', 0, x, (size_t)o->n, NULL, 0);
	return gdb_answer(o, 'e', f, 1, g, (size_t)o->n);
}

/* The product of the Hessian at x with v. */
GDB_UNUSED static int gdb_hessian_product(gdb_oracle *o, const double *x, const double *v, double *hv) {
	if (o->over) return 1;
	gdb_send(o, 'P', 0, x, (size_t)o->n, v, (size_t)o->n);
	return gdb_answer(o, 'p', hv, (size_t)o->n, NULL, 0);
}

/* Moves on to the next batch. */
GDB_UNUSED static int gdb_next_batch(gdb_oracle *o) {
	char head[8];
	uint32_t length;
	if (o->over) return 1;
	gdb_send(o, 'B', 0, NULL, 0, NULL, 0);
	gdb_read(head, 8);
	if (head[0] == 'S') return o->over = 1;
	memcpy(&length, head + 4, 4);
	gdb_read(gdb_room(o, length + 1), length);
	return 0;
}

/* Announces the point that the method would return now, after each iteration. */
GDB_UNUSED static void gdb_iterate(gdb_oracle *o, const double *x) {
	if (!o->over) gdb_send(o, 'I', 0, x, (size_t)o->n, NULL, 0);
}

/* The text after "name": in an object, NULL where there is none. gdbench writes objects without
 * blanks, and parameters and keys are plain words. */
GDB_UNUSED static const char *gdb_find(const char *object, const char *name) {
	char key[128];
	const char *found;
	if ((size_t)snprintf(key, sizeof key, "\"%s\":", name) >= sizeof key) return NULL;
	found = strstr(object, key);
	return found == NULL ? NULL : found + strlen(key);
}

/* A parameter that is a number. */
GDB_UNUSED static double gdb_number(const gdb_settings *s, const char *name) {
	const char *at = gdb_find(s->text, name);
	if (at == NULL) gdb_die("a parameter was asked for that is not declared");
	return strtod(at, NULL);
}

/* Whether a parameter is true. */
GDB_UNUSED static int gdb_boolean(const gdb_settings *s, const char *name) {
	const char *at = gdb_find(s->text, name);
	return at != NULL && strncmp(at, "true", 4) == 0;
}

/* Whether the text at a value is this one. */
GDB_UNUSED static int gdb_named(const char *at, const char *name) {
	size_t length = strlen(name);
	return at != NULL && at[0] == '"' && strncmp(at + 1, name, length) == 0 && at[1 + length] == '"';
}

/* Whether a parameter is this text, which has no quotes in it. */
GDB_UNUSED static int gdb_is(const gdb_settings *s, const char *name, const char *text) {
	return gdb_named(gdb_find(s->text, name), text);
}

/* Reads the rest of a line, whose first bytes are known. */
GDB_UNUSED static char *gdb_line(const char *first) {
	size_t length = 8, room = 256;
	char *line = (char *)malloc(room);
	if (line == NULL) gdb_die("out of memory");
	memcpy(line, first, 8);
	while (line[length - 1] != '\n') {
		if (length + 2 > room) {
			line = (char *)realloc(line, room *= 2);
			if (line == NULL) gdb_die("out of memory");
		}
		gdb_read(line + length, 1); /* lines are rare */
		length++;
	}
	line[length - 1] = 0;
	return line;
}

GDB_UNUSED static void gdb_say(const char *text) { gdb_write(text, strlen(text)); }

GDB_UNUSED static void gdb_component(const char *name, const char *summary, const char *parameters, const char *more, int first) {
	gdb_say(first ? "{\"name\":\"" : ",{\"name\":\"");
	gdb_say(name);
	gdb_say("\",\"summary\":\"");
	gdb_say(summary);
	gdb_say("\",\"parameters\":[");
	gdb_say(parameters == NULL ? "" : parameters);
	gdb_say(more != NULL && more[0] ? "]," : "]");
	gdb_say(more == NULL ? "" : more);
	gdb_say("}");
}

GDB_UNUSED static void gdb_hello(const char *name, const char *version, const gdb_method *methods, int nm, const gdb_problem *problems, int np) {
	char protocol[64];
	int i;
	sprintf(protocol, "{\"hello\":{\"protocol\":%d,\"name\":\"", GDB_PROTOCOL);
	gdb_say(protocol);
	gdb_say(name);
	gdb_say("\",\"version\":\"");
	gdb_say(version);
	gdb_say("\",\"methods\":[");
	for (i = 0; i < nm; i++) gdb_component(methods[i].name, methods[i].summary, methods[i].parameters, methods[i].more, i == 0);
	gdb_say("],\"problems\":[");
	for (i = 0; i < np; i++) gdb_component(problems[i].name, problems[i].summary, problems[i].parameters, NULL, i == 0);
	gdb_say("]}}\n");
}

GDB_UNUSED static void gdb_run(const char *line, const gdb_method *methods, int nm) {
	gdb_oracle o = {0, 0, 0, NULL, 0};
	gdb_settings s;
	const char *which = gdb_find(line, "method"), *message = "unknown method", *dim = gdb_find(line, "dim");
	char head[8], *end;
	double *x;
	int i;
	o.n = dim == NULL ? 0 : atoi(dim);
	o.batched = strstr(line, "\"batched\":true") != NULL;
	s.text = gdb_find(line, "parameters");
	x = (double *)malloc(8 * (size_t)(o.n + 1));
	if (x == NULL) gdb_die("out of memory");
	gdb_read(head, 8);
	gdb_read(x, 8 * (size_t)o.n);
	for (i = 0; i < nm; i++)
		if (gdb_named(which, methods[i].name)) message = methods[i].run(&o, x, &s);
	end = (char *)malloc(strlen(message) + 64);
	if (end == NULL) gdb_die("out of memory");
	sprintf(end, "{\"done\":{\"message\":\"%s\"}}\n", message);
	gdb_say(end);
	free(end);
	free(x);
	free(o.buffer);
}

/* A problem that gdbench has asked for. */
typedef struct {
	const gdb_problem *of;
	gdb_settings settings;
	int n;
} gdb_built;

GDB_UNUSED static void gdb_build(gdb_built *b, char *line, const gdb_problem *problems, int np) {
	const char *which = gdb_find(line, "problem");
	double *x;
	char number[64];
	int i;
	for (i = 0; i < np; i++)
		if (gdb_named(which, problems[i].name)) b->of = &problems[i];
	if (b->of == NULL) {
		gdb_say("{\"error\":\"unknown problem\"}\n");
		return;
	}
	b->settings.text = gdb_find(line, "parameters");
	b->n = b->of->dimension(&b->settings);
	x = (double *)calloc((size_t)b->n + 1, 8);
	if (x == NULL) gdb_die("out of memory");
	b->of->start(&b->settings, b->n, x);
	snprintf(number, sizeof number, "{\"built\":{\"dim\":%d,\"start\":[", b->n);
	gdb_say(number);
	for (i = 0; i < b->n; i++) {
		snprintf(number, sizeof number, "%s%.17g", i == 0 ? "" : ",", x[i]);
		gdb_say(number);
	}
	gdb_say(b->of->facts != NULL && b->of->facts[0] ? "]," : "]");
	gdb_say(b->of->facts == NULL ? "" : b->of->facts);
	gdb_say("}}\n");
	free(x);
}

GDB_UNUSED static void gdb_reply(gdb_oracle *o, const gdb_built *b, const char *head, const double *x) {
	unsigned number = (unsigned char)head[2] | (unsigned)(unsigned char)head[3] << 8;
	double *g = (double *)malloc(8 * (size_t)(b->n + 1)), f;
	if (g == NULL) gdb_die("out of memory");
	f = b->of->evaluate(&b->settings, b->n, x, head[0] == 'V' ? NULL : g);
	if (head[0] == 'V') gdb_send(o, 'v', number, &f, 1, NULL, 0);
	else if (head[0] == 'G') gdb_send(o, 'g', number, g, (size_t)b->n, NULL, 0);
	else gdb_send(o, 'e', number, &f, 1, g, (size_t)b->n);
	free(g);
}

/* Answers gdbench until it has no more questions; to be returned from main. */
GDB_UNUSED static int gdb_serve(const char *name, const char *version, const gdb_method *methods, int nm, const gdb_problem *problems, int np) {
	static gdb_built built[65536];
	gdb_oracle o = {0, 0, 0, NULL, 0};
	char head[8];
	double *payload = NULL;
	if (getenv("GDBENCH_PROTOCOL") == NULL) {
		fprintf(stderr, "this program is for gdbench; try: gdbench list methods --process PROGRAM\n");
		return 2;
	}
	for (;;) {
		uint32_t length;
		gdb_built *b;
		gdb_read(head, 8);
		if (head[0] == '{') {
			char *line = gdb_line(head);
			const char *of;
			if (strstr(line, "{\"gdbench\":") == line) gdb_hello(name, version, methods, nm, problems, np);
			else if (strstr(line, "{\"run\":") == line) gdb_run(line, methods, nm);
			else if ((of = gdb_find(line, "number")) != NULL) {
				gdb_build(&built[atoi(of) & 65535], line, problems, np);
				continue; /* the settings point into the line */
			}
			free(line);
			continue;
		}
		memcpy(&length, head + 4, 4);
		payload = (double *)realloc(payload, length + 8);
		if (payload == NULL) gdb_die("out of memory");
		gdb_read(payload, length);
		b = &built[(unsigned char)head[2] | (unsigned)(unsigned char)head[3] << 8];
		if (head[0] == 'N') gdb_send(&o, 'n', 0, payload, length / 8, NULL, 0);
		else if (b->of != NULL && (head[0] == 'V' || head[0] == 'G' || head[0] == 'E')) gdb_reply(&o, b, head, payload);
		else if (b->of != NULL) gdb_say("{\"error\":\"this problem answers values and gradients only\"}\n");
	}
}

#endif
