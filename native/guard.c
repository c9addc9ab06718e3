/*
 * anton-guard: what a terminal needs beside its program, in a process of its own. By the name it is called with:
 *
 * anton-guard PID: the parent of a terminal that has no PID namespace of its own. The kernel ends a PID namespace with
 * its first process. Where there is none, this small program does the same: it is a subreaper, so all that the terminal
 * ever starts is below it, and it ends all of that when the first process has ended, or when its standard input reaches
 * end of file: then the terminal was closed, or the process that made it is gone, whatever ended it. It ends as the
 * first process ended: with the same exit code, or by the same signal.
 *
 * anton-init PID: process 1 of a PID namespace, whose child PID is the program. It reaps, hands the signals it gets on
 * to the program, and ends when that has ended: with its exit code, or with 128 + n if signal n killed it, because no
 * signal ends a process 1 from inside.
 *
 * anton-enter FD USER IDS MASK PRIVS FILE ARGS: enters the time namespace that FD refers to, and after it the user
 * namespace of USER; takes IDS, as the operation setids does; gives up the capabilities in MASK and, if PRIVS is 1, all
 * ways to new privileges; and becomes FILE. USER and IDS may be empty.
 *
 * anton-tie FILE ARGS: runs a program that goes into the background, writes a byte to its standard output when that has
 * succeeded, and ends the program, with all that belongs to it, when its standard input reaches end of file.
 */
#define _GNU_SOURCE
#include "child.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A process of another user (sudo) cannot be ended by us; wait this long for those that can. */
#define PATIENCE_MS 5000
#define ROUND_MS 2

static int first_status;
static pid_t first;

/* Reaps what has ended. Returns 0 when there is no child left. */
static int reap(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0) {
		if (pid == first) {
			first_status = status;
			first = 0;
		}
	}
	return !(pid < 0 && errno == ECHILD);
}

/* The parent in /proc/PID/stat, behind the last ')': the name before it may contain anything. */
static pid_t parent_of(const char *pid)
{
	char path[64], stat[512];
	const char *behind_name;
	ssize_t length;
	int fd;

	snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	length = read(fd, stat, sizeof stat - 1);
	close(fd);
	if (length <= 0)
		return -1;
	stat[length] = 0;
	behind_name = strrchr(stat, ')');
	return behind_name && strlen(behind_name) > 4 ? (pid_t)atoi(behind_name + 4) : -1;
}

/*
 * Kills the children. What they leave becomes our child in turn, so parents end before they can see their children
 * end and start them anew.
 */
static void kill_children(void)
{
	DIR *proc = opendir("/proc");
	pid_t self = getpid();
	struct dirent *entry;

	if (!proc)
		return;
	while ((entry = readdir(proc)))
		if (isdigit((unsigned char)entry->d_name[0]) && parent_of(entry->d_name) == self)
			kill((pid_t)atoi(entry->d_name), SIGKILL);
	closedir(proc);
}

static void end_all(void)
{
	const struct timespec pause = {.tv_nsec = ROUND_MS * 1000000};

	for (int waited = 0; reap() && waited < PATIENCE_MS; waited += ROUND_MS) {
		kill_children();
		nanosleep(&pause, NULL);
	}
}

static _Noreturn void end_as_first_did(void)
{
	const struct rlimit no_core = {0};
	sigset_t signals;

	if (WIFSIGNALED(first_status)) {
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
		setrlimit(RLIMIT_CORE, &no_core);
		sigfillset(&signals);
		sigprocmask(SIG_UNBLOCK, &signals, NULL);
		kill(getpid(), WTERMSIG(first_status));
	}
	_exit(WEXITSTATUS(first_status));
}

/* The child that there is at the start: the first process. */
static void wait_until_ended(int children)
{
	struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = children, .events = POLLIN}};
	struct signalfd_siginfo info;

	while (first && reap() && first) {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return;
		if (fds[0].revents)
			return;
		if (fds[1].revents && read(children, &info, sizeof info) < 0)
			return;
	}
}

/* The signals are blocked, so they wait to be read here, also those that a process 1 would not get. */
static int open_signals(const sigset_t *which)
{
	return signalfd(-1, which, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int guard(void)
{
	sigset_t signals;
	int children;

	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	children = open_signals(&signals);
	if (children >= 0)
		wait_until_ended(children);
	end_all();
	end_as_first_did();
}

static int init(void)
{
	struct signalfd_siginfo info;
	struct pollfd wait = {.events = POLLIN};
	sigset_t signals;

	sigfillset(&signals);
	wait.fd = open_signals(&signals);
	while (first && reap() && first) {
		if (poll(&wait, 1, -1) < 0 && errno != EINTR)
			break;
		while (read(wait.fd, &info, sizeof info) == sizeof info)
			if (info.ssi_signo != SIGCHLD && first)
				kill(first, (int)info.ssi_signo);
	}
	_exit(WIFSIGNALED(first_status) ? 128 + WTERMSIG(first_status) : WEXITSTATUS(first_status));
}

static void must_do(enum anton_op_kind kind, const char *number)
{
	const struct anton_op op = {.kind = kind, .number = strtoull(number, NULL, 10)};
	const long ret = anton_op_do(&op, -1);

	if (ret == 0)
		return;
	dprintf(STDERR_FILENO, "anton: ids and rights could not be given up: %s\n", strerror((int)-ret));
	_exit(126);
}

/* The exit codes are a shell's: 126 for a file that cannot be executed, 127 for one that is not there. */
static int enter(char **arguments)
{
	const int fd = atoi(arguments[0]), user_fd = *arguments[1] ? atoi(arguments[1]) : -1;
	int user = user_fd;
	sigset_t none;
	bool entered;

	/* Whoever is privileged in there could change this program's file by way of /proc/PID/exe (CVE-2019-5736). */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	entered = setns(fd, 0) == 0;
	if (!entered && errno == EPERM && user >= 0) {
		/* Whoever has no right to it yet has it in the user namespace that owns it. */
		if (setns(user, 0) == 0)
			user = -1;
		entered = setns(fd, 0) == 0;
	}
	if (!entered) {
		dprintf(STDERR_FILENO, "anton: the time namespace could not be entered: %s\n", strerror(errno));
		return 126;
	}
	close(fd);
	if (user >= 0 && setns(user, 0) < 0) {
		dprintf(STDERR_FILENO, "anton: the user namespace could not be entered: %s\n", strerror(errno));
		return 126;
	}
	if (user_fd >= 0)
		close(user_fd);
	if (*arguments[2])
		must_do(ANTON_OP_SETIDS, arguments[2]);
	anton_keep_caps(false);
	if (*arguments[3] != '0')
		must_do(ANTON_OP_DROP_CAPS, arguments[3]);
	if (*arguments[4] == '1')
		must_do(ANTON_OP_NO_NEW_PRIVS, "0");
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execv(arguments[5], arguments + 6);
	dprintf(STDERR_FILENO, "anton: %s: %s\n", arguments[5], strerror(errno));
	return errno == ENOENT ? 127 : 126;
}

static int tie(char **arguments)
{
	sigset_t none;
	int status, null;

	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	first = fork();
	if (first == 0) {
		null = open("/dev/null", O_RDWR);
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		execv(arguments[0], arguments);
		_exit(127);
	}
	if (first < 0 || waitpid(first, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return 1;
	/* What it left in the background is our child now, and stands for it. */
	if (write(STDOUT_FILENO, "r", 1) == 1)
		(void)!read(STDIN_FILENO, &status, 1);
	end_all();
	return 0;
}

int main(int argc, char **argv)
{
	const bool is_init = argc > 0 && strcmp(argv[0], "anton-init") == 0;
	sigset_t signals;

	if (argc > 7 && strcmp(argv[0], "anton-enter") == 0)
		return enter(argv + 1);
	if (argc < 2)
		return 2;
	if (strcmp(argv[0], "anton-tie") == 0)
		return tie(argv + 1);
	first = (pid_t)atoi(argv[1]);
	/* Only SIGKILL ends it: it must outlive whatever the terminal's processes send about. */
	sigfillset(&signals);
	sigprocmask(SIG_SETMASK, &signals, NULL);
	return is_init ? init() : guard();
}
