/*
 * What runs between clone(2) and execve(2). Unless they have a copy, these processes share the memory, and the
 * thread-local storage, of the process that made them, while that one goes on running: so they make raw system calls
 * only, call nothing of libc that has state, and write to their own birth record only.
 */
#define _GNU_SOURCE
#include "child.h"
#include "raw.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>

#define LAST_SIGNAL 64
#define EXIT_HALF_MADE 127

/* The kernel's sigaction, which is not libc's (arch/.../include/uapi/asm/signal.h). Zeroed, it means SIG_DFL. */
struct kernel_sigaction {
	unsigned long handler, flags, restorer, mask;
};

static int64_t now_ns(void)
{
	struct timespec now = {0};

	raw(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void anton_step_begin(struct anton_birth *birth, int step)
{
	if (birth->step_count < ANTON_MAX_STEPS)
		birth->steps[birth->step_count] = (struct anton_step){.step = step, .begin_ns = now_ns()};
}

long anton_step_end(struct anton_birth *birth, long ret)
{
	if (birth->step_count < ANTON_MAX_STEPS) {
		struct anton_step *step = &birth->steps[birth->step_count];

		step->end_ns = now_ns();
		step->error = ret < 0 ? (int32_t)-ret : 0;
		step->result = ret;
		birth->step_count++;
	}
	return ret;
}

#define STEP(birth, id, call) (anton_step_begin(birth, id), anton_step_end(birth, call))

static void write_decimal(char *to, unsigned int number)
{
	unsigned int scale = 1;

	while (number / scale >= 10)
		scale *= 10;
	for (; scale; scale /= 10)
		*to++ = (char)('0' + number / scale % 10);
	*to = 0;
}

static long reset_signals(void)
{
	static const struct kernel_sigaction by_default;

	/* The mask stays full until just before execve: no handler of the parent may run in its shared memory. */
	for (int sig = 1; sig <= LAST_SIGNAL; sig++)
		if (sig != SIGKILL && sig != SIGSTOP)
			raw(SYS_rt_sigaction, sig, &by_default, 0, sizeof(unsigned long));
	return 0;
}

static long close_between(unsigned int first, unsigned int last)
{
	long ret;

	if (first > last)
		return 0;
	ret = raw(SYS_close_range, first, last, 0);
	if (ret != -ENOSYS && ret != -EPERM)
		return ret;
	/* Before Linux 5.9, or under a seccomp filter that is older than the call. Node opens all it opens with
	 * O_CLOEXEC, so a bound on the search loses nothing. */
	if (last > 65535)
		last = 65535;
	for (unsigned int fd = first; fd <= last; fd++)
		raw(SYS_close, fd);
	return 0;
}

/*
 * Closes everything but the birth's own descriptors: among them are copies of the host's end of other births'
 * sockets, which would keep these from seeing the host's death.
 */
static long close_others(struct anton_birth *birth, bool is_guard)
{
	const int own[] = {birth->slave, birth->sync, birth->guard_fd, birth->time_fd, is_guard ? birth->life : -1};
	int keep[sizeof own / sizeof *own + ANTON_MAX_JOIN], count = 0;
	unsigned int next = 0;

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (own[i] >= 0)
			keep[count++] = own[i];
	for (int i = 0; i < ANTON_MAX_JOIN; i++)
		if (birth->join_fds[i] >= 0)
			keep[count++] = birth->join_fds[i];
	for (int i = 1; i < count; i++) /* sorted by insertion: there are few, and qsort is libc's */
		for (int k = i; k > 0 && keep[k - 1] > keep[k]; k--) {
			int swap = keep[k];

			keep[k] = keep[k - 1];
			keep[k - 1] = swap;
		}
	for (int i = 0; i < count; i++) {
		long ret = close_between(next, (unsigned int)keep[i] - 1);

		if (keep[i] > 0 && ret < 0)
			return ret;
		next = (unsigned int)keep[i] + 1;
	}
	return close_between(next, ~0U);
}

/* Waits for the byte of anton_proceed(). End of file: the host is gone, or has given up. */
static long wait_for_host(struct anton_birth *birth)
{
	char byte;
	long got;

	do
		got = raw(SYS_read, birth->sync, &byte, 1);
	while (got == -EINTR);
	return got == 1 ? 0 : -ECANCELED;
}

/* The host may have died between clone and PR_SET_PDEATHSIG, which then never fires. Its socket tells. */
static long die_with_parent(struct anton_birth *birth)
{
	struct pollfd host = {.fd = birth->sync};
	struct timespec at_once = {0};
	long ret = raw(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);

	if (ret < 0)
		return ret;
	ret = raw(SYS_ppoll, &host, 1, &at_once, 0, sizeof(unsigned long));
	return ret > 0 && (host.revents & (POLLHUP | POLLERR)) ? -ECANCELED : 0;
}

static long use_as_stdio(int slave)
{
	for (int fd = 0; fd <= 2; fd++) {
		long ret = slave == fd ? raw(SYS_fcntl, fd, F_SETFD, 0) : raw(SYS_dup3, slave, fd, 0);

		if (ret < 0)
			return ret;
	}
	return 0;
}

/* `order` gets one more digit, see struct anton_step. */
static long enter_one(struct anton_birth *birth, int kind, long *order)
{
	long ret;

	if (birth->join_fds[kind] < 0 || birth->entered[kind])
		return 0;
	ret = raw(SYS_setns, birth->join_fds[kind], 0);
	if (ret < 0)
		return ret;
	birth->entered[kind] = true;
	*order = *order * 10 + kind + 1;
	return 0;
}

/*
 * Enters the namespaces from one kind to another, in two rounds as nsenter(1) does: what this process may enter as it
 * is, then the user namespace, and what only its owner may enter. A user namespace that is not needed for them is
 * entered at the end, if `all`: it may take away the right to enter the others. The time namespace is one of them, so
 * where one is to be entered, that end is anton-enter's. Returns the order, see struct anton_step.
 */
static long enter(struct anton_birth *birth, int from, int to, bool all)
{
	long order = 0, ret = 0;

	for (int kind = from; kind < to; kind++) {
		const long entered = enter_one(birth, kind, &order);

		if (entered == -EPERM)
			ret = -EPERM;
		else if (entered < 0)
			return entered;
	}
	if (ret == 0 && (!all || birth->time_fd >= 0))
		return order;
	ret = enter_one(birth, ANTON_JOIN_USER, &order);
	for (int kind = from; kind < to && ret == 0; kind++)
		ret = enter_one(birth, kind, &order);
	return ret < 0 ? ret : order;
}

/* Whoever enters a user namespace leaves the groups behind that do not exist there. Few may: setgroups(2). */
static long drop_groups(void)
{
	const long ret = raw(SYS_setgroups, 0, 0);

	return ret == -EPERM ? 0 : ret;
}

static long do_ops(struct anton_birth *birth)
{
	for (int i = 0; i < birth->op_count; i++) {
		long ret;

		/* What enters a time namespace has to keep its rights until then: anton-guard gives them up. */
		if (birth->time_fd >= 0 && anton_op_gives_up(&birth->ops[i]))
			continue;
		ret = STEP(birth, ANTON_STEP_OP + i, anton_op_do(&birth->ops[i], birth->tty));

		if (ret < 0)
			return ret;
	}
	return 0;
}

static long empty_mask(void)
{
	static const unsigned long no_signals;

	return raw(SYS_rt_sigprocmask, SIG_SETMASK, &no_signals, 0, sizeof no_signals);
}

/* By its descriptor: its path may lead elsewhere, or nowhere, from within another root directory. */
static long exec_guard(struct anton_birth *birth, const char *const *argv, const char *const *envp)
{
	return raw(SYS_execveat, birth->guard_fd, "", argv, envp, AT_EMPTY_PATH);
}

/* execve keeps the signal mask (execve(2)), so it is emptied last. */
static long run(struct anton_birth *birth)
{
	empty_mask();
	if (birth->time_fd < 0)
		return raw(SYS_execve, birth->spec.file, birth->spec.argv, birth->spec.envp);
	raw(SYS_fcntl, birth->time_fd, F_SETFD, 0);
	if (birth->join_fds[ANTON_JOIN_USER] >= 0 && !birth->entered[ANTON_JOIN_USER])
		raw(SYS_fcntl, birth->join_fds[ANTON_JOIN_USER], F_SETFD, 0);
	else
		birth->user_digits[0] = 0;
	anton_keep_caps(true);
	return exec_guard(birth, birth->program_argv, birth->spec.envp);
}

/* Takes a step; where it is refused, the record says which, and the process ends. */
#define MUST(birth, id, call)                                                                                          \
	do {                                                                                                           \
		if (STEP(birth, id, call) < 0)                                                                         \
			raw(SYS_exit_group, EXIT_HALF_MADE);                                                           \
	} while (0)

static int clone_process(int (*start)(void *), int step, void *stack, unsigned int flags, struct anton_birth *birth,
			 int *pidfd);

/* The terminal's own process, from here on to its program. */
static int become_program(void *argument)
{
	struct anton_birth *birth = argument;

	MUST(birth, ANTON_STEP_SETSID, raw(SYS_setsid));
	MUST(birth, ANTON_STEP_CTTY, raw(SYS_ioctl, birth->slave, TIOCSCTTY, 0));
	MUST(birth, ANTON_STEP_STDIO, use_as_stdio(birth->slave));
	MUST(birth, ANTON_STEP_CHDIR, raw(SYS_chdir, birth->spec.cwd));
	MUST(birth, ANTON_STEP_EXEC, run(birth));
	return EXIT_HALF_MADE;
}

/* Process 1 that is no program of the person's: it clones the one that is, and becomes anton-guard. */
static void become_init(struct anton_birth *birth)
{
	char digits[12];
	const char *argv[] = {"anton-init", digits, 0}, *envp[] = {0};
	int pidfd, pid;

	pid = clone_process(become_program, ANTON_STEP_CLONE_PROGRAM, birth->second_stack, CLONE_VM, birth, &pidfd);
	if (pid < 0)
		return;
	/* From here on the steps belong to the program. */
	raw(SYS_setsid);
	write_decimal(digits, (unsigned int)pid);
	birth->guard_error = (int)-exec_guard(birth, argv, envp);
}

static int first_process(void *argument)
{
	struct anton_birth *birth = argument;
	const struct anton_spec *spec = &birth->spec;

	MUST(birth, ANTON_STEP_SIGNALS, reset_signals());
	MUST(birth, ANTON_STEP_CLOSE_FDS, close_others(birth, false));
	MUST(birth, ANTON_STEP_PDEATHSIG, die_with_parent(birth));
	/*
	 * Whoever answers this was alive after the signal was armed. Without it there is a moment, while a host of
	 * many threads dies, in which its thread is gone already and its end of the socket is still open.
	 */
	raw(SYS_write, birth->sync, "a", 1);
	if (spec->options & ANTON_OPT_NO_GROUPS)
		MUST(birth, ANTON_STEP_GROUPS, drop_groups());
	if (spec->join)
		MUST(birth, ANTON_STEP_SETNS, enter(birth, ANTON_JOIN_OTHERS, ANTON_MAX_JOIN, true));
	if (spec->options & ANTON_OPT_WAIT)
		MUST(birth, ANTON_STEP_WAIT, wait_for_host(birth));
	if (do_ops(birth) < 0)
		return EXIT_HALF_MADE;
	/* Once more, after the last change of credentials, which may clear it (PR_SET_PDEATHSIG(2const)). */
	MUST(birth, ANTON_STEP_PDEATHSIG, die_with_parent(birth));
	if (spec->options & ANTON_OPT_INIT)
		become_init(birth);
	else
		become_program(birth);
	return EXIT_HALF_MADE;
}

/*
 * Records the clone in a slot of its own, taken beforehand: the new process writes the following ones while the
 * caller is still here.
 */
static int clone_process(int (*start)(void *), int step, void *stack, unsigned int flags, struct anton_birth *birth,
			 int *pidfd)
{
	struct anton_step *slot = &birth->steps[birth->step_count];
	int pid;

	anton_step_begin(birth, step);
	birth->step_count++;
	*pidfd = -1;
	/* libc's clone() makes the system call and switches stacks; it touches errno only if it fails. */
	pid = clone(start, (char *)stack + ANTON_STACK_SIZE, (int)(flags | CLONE_PIDFD | SIGCHLD), birth, pidfd);
	slot->end_ns = now_ns();
	slot->error = pid < 0 ? errno : 0;
	slot->result = pid;
	return pid < 0 ? -slot->error : pid;
}

/*
 * The parent of a terminal without a PID namespace of its own: a subreaper, so that whatever the terminal starts stays
 * its descendant (PR_SET_CHILD_SUBREAPER(2const)). It becomes anton-guard as soon as it has cloned the first process.
 */
static int guard_process(void *argument)
{
	struct anton_birth *birth = argument;
	char digits[12];
	const char *argv[] = {"anton-guard", digits, 0}, *envp[] = {0};
	int pidfd, pid;

	MUST(birth, ANTON_STEP_SIGNALS, reset_signals());
	MUST(birth, ANTON_STEP_CLOSE_FDS, close_others(birth, true));
	/* Whoever is privileged in the namespaces that are joined could read this copy of the host's memory, and write
	 * to the first process, until both have left it (CVE-2016-9962). */
	if (birth->spec.join)
		raw(SYS_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
	MUST(birth, ANTON_STEP_SUBREAPER, raw(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
	raw(SYS_setsid);
	if (birth->join_fds[ANTON_JOIN_PID] >= 0)
		MUST(birth, ANTON_STEP_SETNS, enter(birth, ANTON_JOIN_PID, ANTON_JOIN_PID + 1, false));

	pid = clone_process(first_process, ANTON_STEP_CLONE, birth->first_stack, birth->spec.namespaces | CLONE_VM, birth,
			    &pidfd);
	if (pid < 0)
		raw(SYS_exit_group, EXIT_HALF_MADE);
	birth->first_pid = pid;
	raw(SYS_write, birth->life, "c", 1);

	/* From here on the steps belong to the first process. */
	write_decimal(digits, (unsigned int)pid);
	raw(SYS_dup3, birth->life, 0, 0);
	birth->guard_error = (int)-exec_guard(birth, argv, envp);
	raw(SYS_exit_group, EXIT_HALF_MADE);
	return EXIT_HALF_MADE;
}

/* How the first of the new processes gets the memory of this one. */
static unsigned int memory_of(const struct anton_birth *birth)
{
	return birth->spec.join || birth->spec.options & ANTON_OPT_OWN_MEMORY ? 0 : CLONE_VM;
}

int anton_clone_first(struct anton_birth *birth, int *pidfd)
{
	int pid = clone_process(first_process, ANTON_STEP_CLONE, birth->first_stack,
				birth->spec.namespaces | memory_of(birth), birth, pidfd);

	if (pid > 0)
		birth->first_pid = pid;
	return pid;
}

int anton_clone_guard(struct anton_birth *birth, int *pidfd)
{
	return clone_process(guard_process, ANTON_STEP_CLONE_GUARD, birth->second_stack, memory_of(birth), birth, pidfd);
}
