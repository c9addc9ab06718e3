/*
 * The anton thread: makes terminals, waits for their ends, and tells the caller by events. See anton.h.
 *
 * The table of terminals is shared with the callers' threads under one lock, which nobody holds across a system call
 * that may wait.
 */
#define _GNU_SOURCE
#include "child.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Newer glibc gave these new versions without a new meaning; bound to the old ones, the library loads on older systems.
 */
#if defined(__x86_64__)
#define OLD_GLIBC "GLIBC_2.2.5"
#else
#define OLD_GLIBC "GLIBC_2.17"
#endif
__asm__(".symver pthread_create,pthread_create@" OLD_GLIBC);
__asm__(".symver pthread_sigmask,pthread_sigmask@" OLD_GLIBC);
__asm__(".symver pthread_attr_setstacksize,pthread_attr_setstacksize@" OLD_GLIBC);

enum state { QUEUED, HALF_MADE, RUNNING, ENDED };

/* What woke the thread; in the low bits of epoll's data, the terminal's id above them. */
enum source { FROM_CALLER, FROM_SYNC, FROM_LIFE, FROM_CHILD, SOURCES };

struct terminal {
	struct terminal *next;
	int id;
	enum state state;
	bool waits;  /* for anton_proceed() */
	bool killed; /* by anton_kill() */
	bool armed;  /* the first process will die with its parent */
	bool cloned; /* ANTON_CLONED has been told */
	bool execed;
	pid_t child; /* ours to reap: the guard, or the first process */
	pid_t first;
	int child_fd; /* its pidfd */
	int master;   /* both ends of the pty, until the caller has them */
	int slave;
	int sync; /* our ends of the socket pairs, see child.h */
	int life;
	struct anton_birth *birth; /* NULL once both processes have left the shared memory */
	size_t birth_size;
	int step_count;
	struct anton_step steps[ANTON_MAX_STEPS];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct terminal *terminals;
static int last_id;
static int events[2] = {-1, -1}; /* [0] the caller's, [1] ours */
static int wake = -1, poller = -1;
static int dumpable; /* as this process was when the thread began */

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static struct terminal *find(int id)
{
	struct terminal *each = terminals;

	while (each && each->id != id)
		each = each->next;
	return each;
}

static void tell(const struct anton_event *event)
{
	ssize_t sent;

	/* Blocks while the caller does not read: the thread has nothing better to do then. */
	do
		sent = send(events[1], event, sizeof *event, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
}

static void watch(int fd, int id, enum source source)
{
	struct epoll_event event = {.events = EPOLLIN, .data.u64 = (uint64_t)id * SOURCES + source};

	epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

/*
 * close(2) alone does not end the watch while a process that was cloned meanwhile has not yet closed its copy
 * (epoll(7), question 6).
 */
static void unwatch_and_close(int *fd)
{
	if (*fd >= 0)
		epoll_ctl(poller, EPOLL_CTL_DEL, *fd, NULL);
	close_fd(fd);
}

/* ---- the steps before the clone ------------------------------------------------------------------------------- */

static int open_pty(struct terminal *t, struct anton_birth *birth)
{
	const struct winsize size = {.ws_row = birth->spec.rows, .ws_col = birth->spec.cols};
	int unlocked = 0;

	/* Does not block: a program that reads nothing must not hold up who writes to it. */
	t->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	if (t->master < 0 || ioctl(t->master, TIOCSPTLCK, &unlocked) < 0 || ioctl(t->master, TIOCSWINSZ, &size) < 0 ||
	    ioctl(t->master, TIOCGPTN, &birth->tty) < 0)
		return -errno;
	/* Not by its name: that may not exist in this mount namespace, or be another one's (ioctl_tty(2)). */
	t->slave = birth->slave = ioctl(t->master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	return birth->slave < 0 ? -errno : 0;
}

static int open_sockets(struct terminal *t, struct anton_birth *birth)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return -errno;
	t->sync = pair[0];
	birth->sync = pair[1];
	if (!(birth->spec.options & ANTON_OPT_GUARD))
		return 0;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return -errno;
	t->life = pair[0];
	birth->life = pair[1];
	return 0;
}

/* Of the process whose folder in /proc this is (proc_pid_stat(5)); 0 if it is gone. */
static uint64_t start_time_of(int process)
{
	const int fd = openat(process, "stat", O_RDONLY | O_CLOEXEC);
	char stat[1024], *at;
	ssize_t length;

	if (fd < 0)
		return 0;
	length = read(fd, stat, sizeof stat - 1);
	close(fd);
	stat[length > 0 ? length : 0] = 0;
	at = strrchr(stat, ')'); /* the end of field 2, which may hold anything */
	for (int field = 2; at && field < 22; field++)
		at = strchr(at + 1, ' ');
	return at ? strtoull(at, NULL, 10) : 0;
}

/* The folder stands for this very process: it never leads to a later one with the same PID. */
static int open_process(const struct anton_spec *spec)
{
	char path[32];
	int fd;

	snprintf(path, sizeof path, "/proc/%d", spec->join_pid);
	fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? -ESRCH : -errno;
	if (start_time_of(fd) == spec->join_start)
		return fd;
	close(fd);
	return -ESRCH;
}

static int open_namespace(int process, const char *name)
{
	char path[16];
	int fd;

	snprintf(path, sizeof path, "ns/%s", name);
	fd = openat(process, path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int open_namespaces_of(int process, struct anton_birth *birth)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} kinds[ANTON_MAX_JOIN] = {
	    [ANTON_JOIN_USER] = {CLONE_NEWUSER, "user"},
	    [ANTON_JOIN_PID] = {CLONE_NEWPID, "pid"},
	    [ANTON_JOIN_OTHERS] = {CLONE_NEWNS, "mnt"},
	    {CLONE_NEWUTS, "uts"},
	    {CLONE_NEWIPC, "ipc"},
	    {CLONE_NEWNET, "net"},
	    {CLONE_NEWCGROUP, "cgroup"},
	};

	for (int i = 0; i < ANTON_MAX_JOIN; i++) {
		int fd = birth->spec.join & kinds[i].flag ? open_namespace(process, kinds[i].name) : -1;

		if (fd < -1)
			return fd;
		birth->join_fds[i] = fd;
	}
	if (!(birth->spec.options & ANTON_OPT_ENTER))
		return 0;
	birth->time_fd = open_namespace(process, "time");
	if (birth->time_fd < 0)
		return birth->time_fd;
	snprintf(birth->time_digits, sizeof birth->time_digits, "%d", birth->time_fd);
	snprintf(birth->user_digits, sizeof birth->user_digits, "%d", birth->join_fds[ANTON_JOIN_USER]);
	return 0;
}

static int open_namespaces(struct anton_birth *birth)
{
	const int process = open_process(&birth->spec),
		  error = process < 0 ? process : open_namespaces_of(process, birth);

	if (process >= 0)
		close(process);
	return error;
}

static int open_guard(struct anton_birth *birth)
{
	birth->guard_fd = open(birth->spec.guard, O_PATH | O_CLOEXEC);
	return birth->guard_fd < 0 ? -errno : 0;
}

static int map_stacks(struct anton_birth *birth)
{
	/* A page without rights below each stack turns an overflow into a fault of that process alone. */
	const size_t page = 4096 * 16, each = page + ANTON_STACK_SIZE;
	char *stacks = mmap(NULL, 2 * each, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);

	if (stacks == MAP_FAILED)
		return -errno;
	birth->first_stack = stacks + page;
	birth->second_stack = stacks + each + page;
	if (mprotect(stacks, page, PROT_NONE) < 0 || mprotect(stacks + each, page, PROT_NONE) < 0)
		return -errno;
	return 0;
}

static void free_birth(struct terminal *t)
{
	struct anton_birth *birth = t->birth;
	const size_t page = 4096 * 16;

	if (!birth)
		return;
	t->step_count = birth->step_count;
	memcpy(t->steps, birth->steps, sizeof t->steps);
	if (birth->first_stack)
		munmap((char *)birth->first_stack - page, 2 * (page + ANTON_STACK_SIZE));
	munmap(birth, t->birth_size);
	t->birth = NULL;
}

/* Closes, and forgets nothing: the new processes share this record and go on using the numbers as their own. */
static void close_childs_ends(const struct anton_birth *birth)
{
	const int fds[] = {birth->sync, birth->life, birth->guard_fd, birth->time_fd};

	for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	for (int i = 0; i < ANTON_MAX_JOIN; i++)
		if (birth->join_fds[i] >= 0)
			close(birth->join_fds[i]);
}

/* ---- a terminal's life ---------------------------------------------------------------------------------------- */

/* Only this thread changes a terminal, but callers read it: changes of what they read are made under the lock. */
static void set_state(struct terminal *t, enum state state)
{
	pthread_mutex_lock(&lock);
	t->state = state;
	pthread_mutex_unlock(&lock);
}

static void end(struct terminal *t, const struct anton_event *event)
{
	pthread_mutex_lock(&lock);
	free_birth(t);
	unwatch_and_close(&t->child_fd);
	unwatch_and_close(&t->sync);
	unwatch_and_close(&t->life);
	t->state = ENDED;
	pthread_mutex_unlock(&lock);
	tell(event);
}

static void fail(struct terminal *t)
{
	struct anton_event event = {.type = ANTON_FAILED, .id = t->id, .pid = t->first};
	const struct anton_birth *birth = t->birth;

	for (int i = 0; i < birth->step_count; i++) {
		if (!birth->steps[i].error)
			continue;
		event.step = birth->steps[i].step;
		event.error = birth->steps[i].error;
		break;
	}
	if (birth->guard_error) {
		event.step = ANTON_STEP_EXEC_GUARD;
		event.error = birth->guard_error;
	} else if (!event.step || t->killed) {
		event.step = ANTON_STEP_WAIT;
		event.error = ECANCELED;
	}
	close_fd(&t->master);
	close_fd(&t->slave);
	end(t, &event);
}

#define TAKE(birth, id, call) (anton_step_begin(birth, id), (int)anton_step_end(birth, call))

#define JOINS(birth) ((birth)->spec.join || (birth)->spec.options & ANTON_OPT_ENTER)
#define NEEDS_GUARD(birth) ((birth)->spec.options & (ANTON_OPT_GUARD | ANTON_OPT_INIT | ANTON_OPT_ENTER))

static void make(struct terminal *t)
{
	struct anton_birth *birth = t->birth;
	bool guarded = birth->spec.options & ANTON_OPT_GUARD;
	int child = -1;

	if (TAKE(birth, ANTON_STEP_OPENPT, open_pty(t, birth)) == 0 &&
	    TAKE(birth, ANTON_STEP_SOCKET, open_sockets(t, birth)) == 0 &&
	    (!NEEDS_GUARD(birth) || TAKE(birth, ANTON_STEP_OPEN_GUARD, open_guard(birth)) == 0) &&
	    (!JOINS(birth) || TAKE(birth, ANTON_STEP_OPEN_NS, open_namespaces(birth)) == 0) &&
	    TAKE(birth, ANTON_STEP_STACK, map_stacks(birth)) == 0)
		child = (guarded ? anton_clone_guard : anton_clone_first)(birth, &t->child_fd);
	if (child > 0)
		t->child = child;
	close_childs_ends(birth);
	if (child < 0) {
		fail(t);
		return;
	}
	set_state(t, HALF_MADE);
	watch(t->sync, t->id, FROM_SYNC);
	watch(t->child_fd, t->id, FROM_CHILD);
	if (guarded)
		watch(t->life, t->id, FROM_LIFE);
	else
		t->first = child;
	if (t->killed)
		anton_kill(t->id);
}

/* Tells what is known of a half-made terminal, in order: guard and first process report each on a socket of its own. */
static void tell_progress(struct terminal *t)
{
	if (!t->cloned && t->armed && t->first) {
		t->cloned = true;
		tell(&(struct anton_event){.type = ANTON_CLONED, .id = t->id, .pid = t->first, .root = t->child});
	}
	if (!t->cloned || !t->execed || t->state != HALF_MADE)
		return;
	anton_step_end(t->birth, 0);
	pthread_mutex_lock(&lock);
	t->state = RUNNING;
	free_birth(t);
	pthread_mutex_unlock(&lock);
	tell(&(struct anton_event){.type = ANTON_STARTED,
				   .id = t->id,
				   .pid = t->first,
				   .master = t->master,
				   .slave = t->slave,
				   .root = t->child});
	t->master = t->slave = -1;
}

/* The guard says that it has cloned the first process, or has ended. */
static void on_life(struct terminal *t)
{
	char byte;

	if (t->first)
		return;
	epoll_ctl(poller, EPOLL_CTL_DEL, t->life, NULL);
	if (recv(t->life, &byte, 1, MSG_DONTWAIT) != 1)
		return;
	t->first = t->birth->first_pid;
	tell_progress(t);
}

/*
 * The first process says that it is armed; or the other end is closed: by execve, or by the end of a half-made first
 * process. Then all the processes that had a copy of it have left the shared memory.
 */
static void on_sync(struct terminal *t)
{
	const struct anton_birth *birth = t->birth;
	char byte;

	ssize_t got = recv(t->sync, &byte, 1, MSG_DONTWAIT);

	if (got < 0 && errno == EAGAIN)
		return;
	if (got == 1) {
		t->armed = true;
		tell_progress(t);
		return;
	}
	pthread_mutex_lock(&lock);
	unwatch_and_close(&t->sync);
	pthread_mutex_unlock(&lock);
	/* A change of ids in shared memory makes its owner undumpable too (PR_SET_DUMPABLE(2const)): it must not stay.
	 */
	if (dumpable == 1 && prctl(PR_GET_DUMPABLE) != 1)
		prctl(PR_SET_DUMPABLE, 1);
	/* The step of a successful execve is begun and never ended: it has nobody to end it. Without a child there was
	 * nobody to wait for it either: its guard is gone, and has had it killed. */
	t->execed = t->child && !(birth->step_count && birth->steps[birth->step_count - 1].error) &&
		    birth->step_count < ANTON_MAX_STEPS && birth->steps[birth->step_count].step == ANTON_STEP_EXEC;
	if (t->execed)
		tell_progress(t);
	else if (!t->child) /* reaped before, see on_child() */
		fail(t);
}

/* 0 is the end of file; a byte may have come since on_sync() looked for one. */
static bool sync_is_open(const struct terminal *t)
{
	char byte;

	return t->sync >= 0 && recv(t->sync, &byte, 1, MSG_DONTWAIT | MSG_PEEK) != 0;
}

static void on_child(struct terminal *t)
{
	int status;

	/* It has ended, so this does not wait; from here on its PID may be another process's. */
	pthread_mutex_lock(&lock);
	if (waitpid(t->child, &status, __WALL) != t->child)
		status = -1;
	unwatch_and_close(&t->child_fd);
	pthread_mutex_unlock(&lock);
	/* What both said before may not have been heard yet, if the end came in the same moment. */
	if (t->life >= 0)
		on_life(t);
	if (t->state == HALF_MADE && !t->armed && t->sync >= 0)
		on_sync(t);
	if (t->state == HALF_MADE && sync_is_open(t)) {
		/* The guard has ended before the first process began, or an init before its program. That one still
		 * writes into the birth record, so the record stays until the socket tells that it is gone too. */
		if (t->life >= 0 && t->birth->first_pid)
			kill(t->birth->first_pid, SIGKILL);
		t->child = 0;
		return;
	}
	if (t->state == HALF_MADE && t->sync >= 0)
		on_sync(t);
	if (t->state == HALF_MADE)
		fail(t);
	else
		end(t, &(struct anton_event){.type = ANTON_EXITED, .id = t->id, .pid = t->first, .status = status});
}

static struct terminal *next_queued(void)
{
	struct terminal *each, *oldest = NULL;

	pthread_mutex_lock(&lock);
	for (each = terminals; each; each = each->next)
		if (each->state == QUEUED)
			oldest = each; /* new ones are put in front */
	pthread_mutex_unlock(&lock);
	return oldest;
}

static void on_caller(void)
{
	struct terminal *queued;
	uint64_t count;

	if (read(wake, &count, sizeof count) < 0)
		return;
	while ((queued = next_queued()))
		make(queued);
}

static void *run(void *unused)
{
	struct epoll_event event;

	(void)unused;
	for (;;) {
		enum source source;
		struct terminal *t;

		if (epoll_wait(poller, &event, 1, -1) != 1)
			continue;
		source = event.data.u64 % SOURCES;
		if (source == FROM_CALLER) {
			on_caller();
			continue;
		}
		pthread_mutex_lock(&lock);
		t = find((int)(event.data.u64 / SOURCES));
		pthread_mutex_unlock(&lock);
		if (!t || t->state == ENDED)
			continue;
		if (source == FROM_LIFE)
			on_life(t);
		else if (source == FROM_SYNC)
			on_sync(t);
		else
			on_child(t);
	}
	return NULL;
}

/* ---- what callers call ---------------------------------------------------------------------------------------- */

static int start_thread(void)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	pthread_t thread;
	int error;

	dumpable = prctl(PR_GET_DUMPABLE);
	wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	poller = epoll_create1(EPOLL_CLOEXEC);
	if (wake < 0 || poller < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, events) < 0)
		return -errno;
	watch(wake, 0, FROM_CALLER);
	/* The children inherit the full mask, so no handler runs in the memory they share. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, 256 * 1024);
	error = pthread_create(&thread, &attributes, run, NULL);
	pthread_attr_destroy(&attributes);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -error;
}

int anton_open(void)
{
	int error = 0;

	pthread_mutex_lock(&lock);
	if (events[0] < 0)
		error = start_thread();
	if (error) {
		close_fd(&wake);
		close_fd(&poller);
		close_fd(&events[0]);
		close_fd(&events[1]);
	}
	pthread_mutex_unlock(&lock);
	return error ? error : events[0];
}

static size_t string_size(const char *text)
{
	return text ? strlen(text) + 1 : 0;
}

static size_t list_size(const char *const *list)
{
	size_t size = sizeof *list;

	for (; *list; list++)
		size += sizeof *list + string_size(*list);
	return size;
}

static const char *put_string(char **at, const char *text)
{
	size_t size = string_size(text);

	if (!text)
		return NULL;
	memcpy(*at, text, size);
	*at += size;
	return *at - size;
}

static const char *const *put_list(const char ***slots, char **at, const char *const *list)
{
	const char **copy = *slots;

	while (*list)
		*(*slots)++ = put_string(at, *list++);
	*(*slots)++ = NULL;
	return copy;
}

static size_t list_length(const char *const *list)
{
	size_t length = 0;

	while (list[length])
		length++;
	return length;
}

#define ENTER_ARGUMENTS 7

/* What anton-guard is called with to enter a time namespace; the file and its arguments come last. */
static const char **put_program(const char ***slots, struct anton_birth *birth)
{
	const char **copy = *slots;

	*(*slots)++ = "anton-enter";
	*(*slots)++ = birth->time_digits;
	*(*slots)++ = birth->user_digits;
	*(*slots)++ = birth->ids_digits;
	*(*slots)++ = birth->mask_digits;
	*(*slots)++ = birth->no_new_privs;
	*(*slots)++ = birth->spec.file;
	for (const char *const *each = birth->spec.argv; *each; each++)
		*(*slots)++ = *each;
	*(*slots)++ = NULL;
	return copy;
}

/* One mapping holds the record, the operations, the lists of pointers, and all strings. */
static struct anton_birth *copy_spec(const struct anton_spec *spec, size_t *size)
{
	const size_t arguments = list_length(spec->argv), op_count = list_length(spec->ops) / ANTON_OP_STRINGS;
	struct anton_birth *birth;
	const char **slots;
	char *strings;

	/* The lists of argv, envp, ops; and argv once more, with what stands in front of it. */
	*size = sizeof *birth + op_count * sizeof *birth->ops + list_size(spec->argv) + list_size(spec->envp) +
		list_size(spec->ops) + (arguments + ENTER_ARGUMENTS + 1) * sizeof *slots + string_size(spec->cwd) +
		string_size(spec->file) + string_size(spec->guard);
	birth = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (birth == MAP_FAILED)
		return NULL;
	birth->ops = (struct anton_op *)(birth + 1);
	birth->op_count = (int)op_count;
	slots = (const char **)(birth->ops + op_count);
	strings = (char *)(slots + arguments + 1 + list_length(spec->envp) + 1 + list_length(spec->ops) + 1 +
			   arguments + ENTER_ARGUMENTS + 1);
	birth->spec = *spec;
	birth->spec.cwd = put_string(&strings, spec->cwd);
	birth->spec.file = put_string(&strings, spec->file);
	birth->spec.guard = put_string(&strings, spec->guard);
	birth->spec.argv = put_list(&slots, &strings, spec->argv);
	birth->spec.envp = put_list(&slots, &strings, spec->envp);
	birth->spec.ops = put_list(&slots, &strings, spec->ops);
	birth->program_argv = put_program(&slots, birth);
	birth->slave = birth->sync = birth->life = birth->guard_fd = birth->time_fd = -1;
	for (int i = 0; i < ANTON_MAX_JOIN; i++)
		birth->join_fds[i] = -1;
	return birth;
}

static bool read_ops(struct anton_birth *birth)
{
	uint64_t mask = 0;
	bool no_new_privs = false;

	for (int i = 0; i < birth->op_count; i++) {
		const struct anton_op *op = &birth->ops[i];

		if (anton_op_read(&birth->spec.ops[(ptrdiff_t)i * ANTON_OP_STRINGS], &birth->ops[i]) < 0)
			return false;
		mask |= op->kind == ANTON_OP_DROP_CAPS ? op->number : 0;
		no_new_privs |= op->kind == ANTON_OP_NO_NEW_PRIVS;
		if (op->kind == ANTON_OP_SETIDS)
			snprintf(birth->ids_digits, sizeof birth->ids_digits, "%llu", (unsigned long long)op->number);
	}
	snprintf(birth->mask_digits, sizeof birth->mask_digits, "%llu", (unsigned long long)mask);
	birth->no_new_privs[0] = no_new_privs ? '1' : '0';
	return true;
}

static bool is_valid(const struct anton_spec *spec)
{
	size_t strings;

	if (spec->abi != ANTON_ABI || !spec->cwd || !spec->file || !spec->guard || !spec->argv || !spec->envp ||
	    !spec->ops)
		return false;
	strings = list_length(spec->ops);
	return strings % ANTON_OP_STRINGS == 0 && strings / ANTON_OP_STRINGS <= ANTON_MAX_OPS &&
	       (!spec->join || spec->options & ANTON_OPT_GUARD);
}

int anton_start(const struct anton_spec *spec)
{
	const uint64_t one = 1;
	struct terminal *t;
	int id;

	if (!is_valid(spec))
		return -EINVAL;
	t = calloc(1, sizeof *t);
	if (!t)
		return -ENOMEM;
	t->birth = copy_spec(spec, &t->birth_size);
	if (!t->birth) {
		free(t);
		return -ENOMEM;
	}
	if (!read_ops(t->birth)) {
		munmap(t->birth, t->birth_size);
		free(t);
		return -EINVAL;
	}
	t->child_fd = t->master = t->slave = t->sync = t->life = -1;
	t->waits = spec->options & ANTON_OPT_WAIT;
	pthread_mutex_lock(&lock);
	id = t->id = ++last_id;
	t->next = terminals;
	terminals = t;
	pthread_mutex_unlock(&lock);
	if (write(wake, &one, sizeof one) < 0)
		return -errno;
	return id;
}

int anton_proceed(int id)
{
	struct terminal *t;
	int result = -ESRCH;

	pthread_mutex_lock(&lock);
	t = find(id);
	if (t && t->waits && t->state == HALF_MADE && t->sync >= 0) {
		t->waits = false;
		result = send(t->sync, "g", 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1 ? 0 : -errno;
	}
	pthread_mutex_unlock(&lock);
	return result;
}

/*
 * Under the lock, so that the anton thread does not reap it meanwhile: a seccomp filter that is older than the call
 * refuses pidfd_send_signal(2), and by its PID only a child that is not reaped can be meant.
 */
static void kill_child(const struct terminal *t)
{
	if (t->child_fd < 0)
		return;
	if (syscall(SYS_pidfd_send_signal, t->child_fd, SIGKILL, NULL, 0) < 0 && errno != ESRCH)
		kill(t->child, SIGKILL);
}

int anton_kill(int id)
{
	struct terminal *t;
	int result = -ESRCH;

	pthread_mutex_lock(&lock);
	t = find(id);
	if (t && t->state != ENDED) {
		result = 0;
		t->killed = true;
	}
	if (t && (t->state == HALF_MADE || t->state == RUNNING)) {
		/* The guard ends all it guards at end of file; without one, the kernel does at the first's end. */
		if (t->life >= 0)
			shutdown(t->life, SHUT_RDWR);
		else
			kill_child(t);
		if (t->state == HALF_MADE && t->sync >= 0)
			shutdown(t->sync, SHUT_RDWR);
	}
	pthread_mutex_unlock(&lock);
	return result;
}

int anton_steps(int id, struct anton_step *steps, int max)
{
	const struct anton_step *from;
	struct terminal *t;
	int count = -ESRCH;

	pthread_mutex_lock(&lock);
	t = find(id);
	if (t) {
		from = t->birth ? t->birth->steps : t->steps;
		count = t->birth ? t->birth->step_count : t->step_count;
		if (count > max)
			count = max;
		memcpy(steps, from, (size_t)count * sizeof *steps);
	}
	pthread_mutex_unlock(&lock);
	return count;
}

int anton_readable(int fd)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};

	return poll(&poll_fd, 1, 0) > 0;
}

int64_t anton_peer_uid(int fd)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
		return -errno;
	return peer.uid;
}

int anton_forget(int id)
{
	struct terminal **link = &terminals, *t;
	int result = -ESRCH;

	pthread_mutex_lock(&lock);
	while (*link && (*link)->id != id)
		link = &(*link)->next;
	t = *link;
	if (t) {
		result = t->state == ENDED ? 0 : -EBUSY;
		if (result == 0) {
			*link = t->next;
			free(t);
		}
	}
	pthread_mutex_unlock(&lock);
	return result;
}

const char *anton_step_name(int step)
{
	static const char *const names[ANTON_STEP_COUNT] = {
	    [ANTON_STEP_OPENPT] = "open_pty",
	    [ANTON_STEP_SOCKET] = "socketpair",
	    [ANTON_STEP_OPEN_GUARD] = "open_guard",
	    [ANTON_STEP_OPEN_NS] = "open_namespaces",
	    [ANTON_STEP_STACK] = "map_stack",
	    [ANTON_STEP_CLONE_GUARD] = "clone_guard",
	    [ANTON_STEP_SUBREAPER] = "set_child_subreaper",
	    [ANTON_STEP_GROUPS] = "drop_groups",
	    [ANTON_STEP_SETNS] = "setns",
	    [ANTON_STEP_CLONE] = "clone",
	    [ANTON_STEP_EXEC_GUARD] = "exec_guard",
	    [ANTON_STEP_SIGNALS] = "reset_signals",
	    [ANTON_STEP_CLOSE_FDS] = "close_fds",
	    [ANTON_STEP_PDEATHSIG] = "set_pdeathsig",
	    [ANTON_STEP_WAIT] = "wait_for_maps",
	    [ANTON_STEP_SETSID] = "setsid",
	    [ANTON_STEP_CTTY] = "controlling_terminal",
	    [ANTON_STEP_STDIO] = "stdio",
	    [ANTON_STEP_CLONE_PROGRAM] = "clone_program",
	    [ANTON_STEP_CHDIR] = "chdir",
	    [ANTON_STEP_EXEC] = "execve",
	};

	return step > 0 && step < ANTON_STEP_COUNT ? names[step] : NULL;
}
