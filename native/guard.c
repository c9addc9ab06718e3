/*
 * anton-guard: the parent of a terminal that has no PID namespace of its own.
 *
 * The kernel ends a PID namespace with its first process. Where there is none, this small program does the same: it is
 * a subreaper, so all that the terminal ever starts is below it, and it ends all of that when the first process has
 * ended, or when its standard input reaches end of file: then the terminal was closed, or the process that made it is
 * gone, whatever ended it.
 *
 * It ends as the first process ended: with the same exit code, or by the same signal.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
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

int main(int argc, char **argv)
{
	sigset_t signals;
	int children;

	if (argc < 2)
		return 2;
	first = (pid_t)atoi(argv[1]);
	/* Only SIGKILL ends the guard: it must outlive whatever the terminal's processes send about. */
	sigfillset(&signals);
	sigprocmask(SIG_SETMASK, &signals, NULL);
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	children = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	if (children >= 0)
		wait_until_ended(children);
	end_all();
	end_as_first_did();
}
