/* The processes that a terminal is made of, from clone(2) to execve(2). Used by loop.c only. */
#ifndef ANTON_CHILD_H
#define ANTON_CHILD_H

#include "anton.h"
#include <stddef.h>

#define ANTON_MAX_JOIN 8

/*
 * All that the new processes read and write. It lives in a mapping of its own, which the anton thread frees once
 * both of them have left the shared memory (by execve or by ending).
 */
struct anton_birth {
	struct anton_spec spec;	      /* its strings live behind this struct */
	int slave;		      /* the pty's slave */
	int sync;		      /* the new processes' end of the socket pair that closes at execve */
	int life;		      /* the guard's end of the socket pair whose end-of-file ends the terminal */
	int join_fds[ANTON_MAX_JOIN]; /* nsfs descriptors; user first, then pid, then the others */
	int join_count;
	int join_first; /* how many of them the guard enters before it clones: user and pid */
	void *first_stack;
	void *guard_stack;
	volatile int first_pid;	  /* of the first process, on the host */
	volatile int guard_error; /* errno of the guard's execve, if that was refused */
	volatile int step_count;
	struct anton_step steps[ANTON_MAX_STEPS];
};

#define ANTON_STACK_SIZE ((size_t)64 * 1024)

/* Begins and ends a step; the end returns `ret`. Any process of the birth may call them, never two at a time. */
void anton_step_begin(struct anton_birth *birth, int step);
long anton_step_end(struct anton_birth *birth, long ret);

/* clone(2) with the memory shared; returns a PID and a pidfd, or a negative errno. */
int anton_clone_first(struct anton_birth *birth, int *pidfd);
int anton_clone_guard(struct anton_birth *birth, int *pidfd);

#endif
