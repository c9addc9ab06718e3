/* The processes that a terminal is made of, from clone(2) to execve(2). Used by loop.c only. */
#ifndef ANTON_CHILD_H
#define ANTON_CHILD_H

#include "anton.h"
#include <stdbool.h>
#include <stddef.h>

/* Places in join_fds: the guard enters the first two, if at all, the first process the others. */
enum { ANTON_JOIN_USER, ANTON_JOIN_PID, ANTON_JOIN_OTHERS, ANTON_MAX_JOIN = 7 };

enum anton_op_kind {
	ANTON_OP_NONE,
	ANTON_OP_MOUNT,
	ANTON_OP_READONLY,
	ANTON_OP_READONLY_BELOW,
	ANTON_OP_UMOUNT,
	ANTON_OP_PIVOT_ROOT,
	ANTON_OP_CHDIR,
	ANTON_OP_MKDIR,
	ANTON_OP_TOUCH,
	ANTON_OP_SYMLINK,
	ANTON_OP_WRITE,
	ANTON_OP_SETHOSTNAME,
	ANTON_OP_UNSHARE,
	ANTON_OP_LO_UP,
	ANTON_OP_SETIDS,
	ANTON_OP_NO_NEW_PRIVS,
	ANTON_OP_DROP_CAPS,
};

/* An operation of anton.h, read. */
struct anton_op {
	enum anton_op_kind kind;
	const char *a, *b, *c, *d; /* NULL for "" */
	uint64_t number;
};

/* Reads six strings. 0, or -EINVAL for an unknown kind or a number that is none. */
int anton_op_read(const char *const *strings, struct anton_op *op);

/* Whether an operation takes rights away, or may: it has to come after all that needs them. */
bool anton_op_gives_up(const struct anton_op *op);

/* Carries an operation out, by raw system calls only. `tty` is the number of the terminal's device. */
long anton_op_do(const struct anton_op *op, int tty);

/* Lets a process keep its capabilities across execve(2) although it is not root inside; or takes that back. */
long anton_keep_caps(bool keep);

/*
 * All that the new processes read and write. It lives in a mapping of its own, shared also with those that have a copy
 * of all other memory. The anton thread frees it once both of them have left it (by execve or by ending).
 */
struct anton_birth {
	struct anton_spec spec;	      /* its strings live behind this struct */
	int slave;		      /* the pty's slave */
	int tty;		      /* its number: /dev/pts/N */
	int sync;		      /* the new processes' end of the socket pair that closes at execve */
	int life;		      /* the guard's end of the socket pair whose end-of-file ends the terminal */
	int guard_fd;		      /* of anton-guard's file: its path may not be there in another mount namespace */
	int time_fd;		      /* nsfs descriptor of the time namespace to enter, for ANTON_OPT_ENTER */
	int join_fds[ANTON_MAX_JOIN]; /* nsfs descriptors: user, pid, the others; -1 where not asked for */
	bool entered[ANTON_MAX_JOIN];
	const char **program_argv; /* for ANTON_OPT_ENTER: what anton-guard is to be called with */
	char time_digits[12];	   /* among these arguments: time_fd as text, */
	char user_digits[12];	   /* the user namespace to enter after it, */
	char ids_digits[24];	   /* the ids to take, and the rights to give up */
	char mask_digits[24];
	char no_new_privs[2];
	struct anton_op *ops;
	int op_count;
	void *first_stack;
	void *second_stack;	  /* of the guard, or of an init's program: no terminal has both */
	volatile int first_pid;	  /* of the first process, on the host */
	volatile int guard_error; /* errno of the guard's execve, if that was refused */
	volatile int step_count;
	struct anton_step steps[ANTON_MAX_STEPS];
};

#define ANTON_STACK_SIZE ((size_t)64 * 1024)

/* Begins and ends a step; the end returns `ret`. Any process of the birth may call them, never two at a time. */
void anton_step_begin(struct anton_birth *birth, int step);
long anton_step_end(struct anton_birth *birth, long ret);

/* clone(2); returns a PID and a pidfd, or a negative errno. */
int anton_clone_first(struct anton_birth *birth, int *pidfd);
int anton_clone_guard(struct anton_birth *birth, int *pidfd);

#endif
