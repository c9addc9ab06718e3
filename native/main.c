/*
 * anton: runs a program in namespaces of its own.
 *
 * Enters the user namespace itself and writes its own maps, so that nothing has to wait for anything; then clones the
 * program's process into the other namespaces, where it carries out its operations (op.c) and becomes the program. The
 * options are unshare(1)'s where that has them.
 */
#define _GNU_SOURCE
#include "child.h"
#include "raw.h"
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x80
#endif
#define MOST_OPS 24

/* Exit codes: these, the program's own, or 128 + n if signal n killed it. */
enum { EXIT_ANTON = 125, EXIT_NOT_EXECUTABLE = 126, EXIT_NOT_FOUND = 127 };

enum map { MAP_NONE, MAP_ROOT, MAP_SAME };

struct plan {
	int namespaces; /* CLONE_NEW* */
	enum map map;
	bool mount_proc;
	const char *hostname, *root, *wd;
	double monotonic, boottime;
	bool has_offsets;
	char **program;
};

static const char usage[] = "Usage: anton [OPTIONS] [--] PROGRAM [ARGUMENTS]\n"
			    "Runs a program in namespaces of its own. Without options: in a user and a PID\n"
			    "namespace, as root inside and as yourself outside.\n"
			    "\n"
			    "  -U, --user              a user namespace\n"
			    "  -r, --map-root-user     be root (0) in it; implies --user\n"
			    "  -c, --map-current-user  be yourself in it; implies --user\n"
			    "  -p, --pid               a PID namespace: the program is process 1\n"
			    "  -m, --mount             a mount namespace\n"
			    "      --mount-proc        a /proc of the PID namespace; implies --mount --pid\n"
			    "  -u, --uts               a UTS namespace\n"
			    "      --hostname NAME     its hostname; implies --uts\n"
			    "  -i, --ipc               an IPC namespace\n"
			    "  -n, --net               a network namespace, with lo up\n"
			    "  -C, --cgroup            a cgroup namespace\n"
			    "  -T, --time              a time namespace\n"
			    "      --monotonic SECONDS, --boottime SECONDS\n"
			    "                          how far its clocks are ahead; imply --time\n"
			    "  -R, --root DIRECTORY    becomes /, by pivot_root(2); implies --mount\n"
			    "  -w, --wd DIRECTORY      where the program starts\n"
			    "      --profile NAME      plain, user, root, pid, anton or all, as in the editor\n"
			    "  -h, --help              this text\n"
			    "\n"
			    "Exit codes: the program's own; 128 + n if signal n killed it; 127 if it was not\n"
			    "found, 126 if it cannot be executed, 125 if a namespace was refused.\n";

/* ---- what runs between clone(2) and execve(2), in shared memory ------------------------------------------------ */

/* All that the new process reads and writes. */
static struct {
	struct plan plan;
	struct anton_op ops[MOST_OPS];
	const char *op_names[MOST_OPS];
	int op_count;
	char **paths; /* where to look for the program, in order */
	char timens[96];
	bool takes_terminal;
	int alive[2];		     /* a pipe whose end for writing this process keeps open as long as it lives */
	const char *volatile failed; /* what was refused; NULL: the program's execution */
	volatile int error;
} state;

static _Noreturn void give_up(const char *what, long error)
{
	state.failed = what;
	state.error = (int)-error;
	raw(SYS_exit_group, EXIT_ANTON);
	__builtin_unreachable();
}

/*
 * Begins a process group whose leader can be seen inside: a shell asks for its group, and gives the terminal back to
 * that group when it ends. The mask is full, so the terminal does not stop us for it (SIGTTOU).
 */
static void take_terminal(void)
{
	int group = (int)raw(SYS_getpid);

	raw(SYS_setpgid, 0, 0);
	raw(SYS_ioctl, STDIN_FILENO, TIOCSPGRP, &group);
}

/* The signal never comes if this process was killed before it was asked for: then its end of the pipe is closed. */
static void die_with_parent(void)
{
	struct pollfd parent = {.fd = state.alive[0]};
	struct timespec at_once = {0};

	raw(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	raw(SYS_close, state.alive[1]);
	if (raw(SYS_ppoll, &parent, 1, &at_once, 0, sizeof(unsigned long)) != 0)
		raw(SYS_exit_group, EXIT_ANTON);
}

static int become_program(void *unused)
{
	static const unsigned long no_signals;
	long ret, first = -ENOENT;

	(void)unused;
	die_with_parent();
	if (state.takes_terminal)
		take_terminal();
	for (int i = 0; i < state.op_count; i++) {
		ret = anton_op_do(&state.ops[i], -1);
		if (ret < 0)
			give_up(state.op_names[i], ret);
	}
	raw(SYS_rt_sigprocmask, SIG_SETMASK, &no_signals, 0, sizeof no_signals);
	for (char **path = state.paths; *path; path++) {
		ret = raw(SYS_execve, *path, state.plan.program, environ);
		if (ret != -ENOENT && ret != -ENOTDIR && first == -ENOENT)
			first = ret;
	}
	give_up(NULL, first);
}

/* ---- what it is told to do ------------------------------------------------------------------------------------- */

static _Noreturn void fail(const char *format, ...)
{
	va_list arguments;

	fputs("anton: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(EXIT_ANTON);
}

static double seconds(const char *option, const char *text)
{
	char *end;
	double value = strtod(text, &end);

	if (!*text || *end || value < -1e10 || value > 1e10)
		fail("%s wants a number of seconds, not \"%s\"", option, text);
	return value;
}

static void use_profile(struct plan *plan, const char *name)
{
	static const int anton = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC;
	static const struct {
		const char *name;
		int namespaces;
		enum map map;
	} profiles[] = {
	    {"plain", 0, MAP_NONE},
	    {"user", CLONE_NEWUSER, MAP_NONE},
	    {"root", CLONE_NEWUSER, MAP_ROOT},
	    {"pid", CLONE_NEWUSER | CLONE_NEWPID, MAP_ROOT},
	    {"anton", anton, MAP_ROOT},
	    {"all", anton | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME, MAP_ROOT},
	};

	for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
		if (strcmp(profiles[i].name, name) != 0)
			continue;
		plan->namespaces |= profiles[i].namespaces;
		plan->map = profiles[i].map;
		if (profiles[i].namespaces & CLONE_NEWUTS) {
			plan->hostname = "anton";
			plan->mount_proc = true;
		}
		return;
	}
	fail("there is no profile \"%s\"; there are plain, user, root, pid, anton and all", name);
}

enum { OPTION_MOUNT_PROC = 256, OPTION_HOSTNAME, OPTION_MONOTONIC, OPTION_BOOTTIME, OPTION_PROFILE };

static void read_options(int argc, char **argv, struct plan *plan)
{
	static const struct option options[] = {
	    {"user", no_argument, NULL, 'U'},
	    {"map-root-user", no_argument, NULL, 'r'},
	    {"map-current-user", no_argument, NULL, 'c'},
	    {"pid", no_argument, NULL, 'p'},
	    {"fork", no_argument, NULL, 'f'}, /* unshare(1) has to be told */
	    {"mount", no_argument, NULL, 'm'},
	    {"mount-proc", no_argument, NULL, OPTION_MOUNT_PROC},
	    {"uts", no_argument, NULL, 'u'},
	    {"hostname", required_argument, NULL, OPTION_HOSTNAME},
	    {"ipc", no_argument, NULL, 'i'},
	    {"net", no_argument, NULL, 'n'},
	    {"cgroup", no_argument, NULL, 'C'},
	    {"time", no_argument, NULL, 'T'},
	    {"monotonic", required_argument, NULL, OPTION_MONOTONIC},
	    {"boottime", required_argument, NULL, OPTION_BOOTTIME},
	    {"root", required_argument, NULL, 'R'},
	    {"wd", required_argument, NULL, 'w'},
	    {"profile", required_argument, NULL, OPTION_PROFILE},
	    {"help", no_argument, NULL, 'h'},
	    {NULL, 0, NULL, 0},
	};
	bool chosen = false;
	int option;

	while ((option = getopt_long(argc, argv, "+UrcpfmuinCTR:w:h", options, NULL)) != -1) {
		chosen |= option != 'w' && option != 'f';
		switch (option) {
		case 'U':
			plan->namespaces |= CLONE_NEWUSER;
			break;
		case 'r':
			plan->namespaces |= CLONE_NEWUSER;
			plan->map = MAP_ROOT;
			break;
		case 'c':
			plan->namespaces |= CLONE_NEWUSER;
			plan->map = MAP_SAME;
			break;
		case 'p':
			plan->namespaces |= CLONE_NEWPID;
			break;
		case 'f':
			break;
		case 'm':
			plan->namespaces |= CLONE_NEWNS;
			break;
		case OPTION_MOUNT_PROC:
			plan->namespaces |= CLONE_NEWNS | CLONE_NEWPID;
			plan->mount_proc = true;
			break;
		case 'u':
			plan->namespaces |= CLONE_NEWUTS;
			break;
		case OPTION_HOSTNAME:
			plan->namespaces |= CLONE_NEWUTS;
			plan->hostname = optarg;
			break;
		case 'i':
			plan->namespaces |= CLONE_NEWIPC;
			break;
		case 'n':
			plan->namespaces |= CLONE_NEWNET;
			break;
		case 'C':
			plan->namespaces |= CLONE_NEWCGROUP;
			break;
		case 'T':
			plan->namespaces |= CLONE_NEWTIME;
			break;
		case OPTION_MONOTONIC:
			plan->namespaces |= CLONE_NEWTIME;
			plan->monotonic = seconds("--monotonic", optarg);
			plan->has_offsets = true;
			break;
		case OPTION_BOOTTIME:
			plan->namespaces |= CLONE_NEWTIME;
			plan->boottime = seconds("--boottime", optarg);
			plan->has_offsets = true;
			break;
		case 'R':
			plan->namespaces |= CLONE_NEWNS;
			plan->root = optarg;
			break;
		case 'w':
			plan->wd = optarg;
			break;
		case OPTION_PROFILE:
			use_profile(plan, optarg);
			break;
		case 'h':
			fputs(usage, stdout);
			exit(0);
		default: /* getopt has said what is wrong */
			fputs("Try \"anton --help\".\n", stderr);
			exit(EXIT_ANTON);
		}
	}
	if (optind == argc) {
		fputs(usage, stderr);
		exit(EXIT_ANTON);
	}
	if (!chosen) {
		plan->namespaces = CLONE_NEWUSER | CLONE_NEWPID;
		plan->map = MAP_ROOT;
	}
	plan->program = argv + optind;
}

/* ---- what it does ---------------------------------------------------------------------------------------------- */

static void add_op(const char *name, struct anton_op op)
{
	state.op_names[state.op_count] = name;
	state.ops[state.op_count++] = op;
}

static void write_offset(char **to, const char *clock, double value)
{
	long long whole = (long long)value;

	if (value < (double)whole)
		whole--; /* the nanoseconds count forwards (time_namespaces(7)) */
	*to += sprintf(*to, "%s %lld %ld\n", clock, whole, (long)((value - (double)whole) * 1e9));
}

static void add_root_ops(const struct plan *plan)
{
	static char proc[4096];

	add_op("bind the root directory",
	       (struct anton_op){.kind = ANTON_OP_MOUNT, .a = plan->root, .b = plan->root, .number = MS_BIND | MS_REC});
	if (plan->mount_proc) {
		if (snprintf(proc, sizeof proc, "%s/proc", plan->root) >= (int)sizeof proc)
			fail("the root directory's path is too long");
		add_op("mount /proc", (struct anton_op){.kind = ANTON_OP_MOUNT,
							.a = "proc",
							.b = proc,
							.c = "proc",
							.number = MS_NOSUID | MS_NODEV | MS_NOEXEC});
	}
	add_op("root directory", (struct anton_op){.kind = ANTON_OP_CHDIR, .a = plan->root});
	add_op("pivot_root", (struct anton_op){.kind = ANTON_OP_PIVOT_ROOT, .a = ".", .b = "."});
	add_op("umount the old root", (struct anton_op){.kind = ANTON_OP_UMOUNT, .a = ".", .number = MNT_DETACH});
	add_op("chdir", (struct anton_op){.kind = ANTON_OP_CHDIR, .a = "/"});
}

static void add_ops(const struct plan *plan)
{
	if (plan->namespaces & CLONE_NEWTIME)
		add_op("time namespace (execve enters it since Linux 6.1)",
		       (struct anton_op){.kind = ANTON_OP_UNSHARE, .number = CLONE_NEWTIME});
	if (plan->has_offsets) {
		char *to = state.timens;

		write_offset(&to, "monotonic", plan->monotonic);
		write_offset(&to, "boottime", plan->boottime);
		add_op("time offsets",
		       (struct anton_op){.kind = ANTON_OP_WRITE, .a = "/proc/self/timens_offsets", .b = state.timens});
	}
	if (plan->namespaces & CLONE_NEWNET)
		add_op("lo", (struct anton_op){.kind = ANTON_OP_LO_UP});
	if (plan->hostname)
		add_op("hostname", (struct anton_op){.kind = ANTON_OP_SETHOSTNAME, .a = plan->hostname});
	if (plan->namespaces & CLONE_NEWNS)
		add_op("private mounts",
		       (struct anton_op){.kind = ANTON_OP_MOUNT, .a = "none", .b = "/", .number = MS_REC | MS_PRIVATE});
	if (plan->root)
		add_root_ops(plan);
	else if (plan->mount_proc)
		add_op("mount /proc", (struct anton_op){.kind = ANTON_OP_MOUNT,
							.a = "proc",
							.b = "/proc",
							.c = "proc",
							.number = MS_NOSUID | MS_NODEV | MS_NOEXEC});
	if (plan->wd)
		add_op("working directory", (struct anton_op){.kind = ANTON_OP_CHDIR, .a = plan->wd});
}

/* The paths to try, as execvp(3) would: made before the clone, because the new process may not allocate. */
static char **candidates(const char *name)
{
	const char *search = getenv("PATH"), *from;
	size_t count = 1, each;
	char **paths, *strings;

	if (!search)
		search = "/usr/local/bin:/usr/bin:/bin";
	if (strchr(name, '/'))
		search = "";
	for (from = search; *from; from++)
		count += *from == ':';
	each = strlen(search) + strlen(name) + 2;
	paths = calloc(count + 1, sizeof *paths + each);
	if (!paths)
		fail("out of memory");
	strings = (char *)(paths + count + 1);
	from = search;
	for (size_t i = 0; i < count; i++) {
		const size_t length = strcspn(from, ":");

		paths[i] = strings + i * each;
		sprintf(paths[i], "%.*s%s%s", (int)length, from, length ? "/" : "", name);
		from += length + (from[length] == ':');
	}
	return paths;
}

static void explain_refusal(const char *what, int error, const struct plan *plan)
{
	fprintf(stderr, "anton: %s: %s\n", what, strerror(error));
	if (error == EPERM && !(plan->namespaces & CLONE_NEWUSER))
		fputs("An ordinary user needs a user namespace for this: add --map-root-user (-r).\n", stderr);
	else if (error == ENOSPC)
		fputs("This means no disk: the machine allows no more namespaces (/proc/sys/user/max_*_namespaces).\n",
		      stderr);
	else if (error == EPERM || error == EACCES)
		fputs("The machine refuses it: in the editor, \"Anton: Check This Machine\" says why.\n", stderr);
}

static void write_proc(const char *file, const char *text, const struct plan *plan)
{
	int fd = open(file, O_WRONLY | O_CLOEXEC);
	ssize_t written = fd < 0 ? -1 : write(fd, text, strlen(text));

	/* setgroups is there since Linux 3.19; before, nobody had to give it up. */
	if (written < 0 && !(errno == ENOENT && strstr(file, "setgroups"))) {
		explain_refusal(file, errno, plan);
		exit(EXIT_ANTON);
	}
	if (fd >= 0)
		close(fd);
}

static void enter_user_namespace(const struct plan *plan)
{
	const unsigned int uid = geteuid(), gid = getegid();
	char text[64];

	if (unshare(CLONE_NEWUSER) < 0) {
		explain_refusal("user namespace", errno, plan);
		exit(EXIT_ANTON);
	}
	if (plan->map == MAP_NONE)
		return;
	write_proc("/proc/self/setgroups", "deny", plan);
	snprintf(text, sizeof text, "%u %u 1\n", plan->map == MAP_SAME ? gid : 0, gid);
	write_proc("/proc/self/gid_map", text, plan);
	snprintf(text, sizeof text, "%u %u 1\n", plan->map == MAP_SAME ? uid : 0, uid);
	write_proc("/proc/self/uid_map", text, plan);
}

/* Whether a process does with a signal what the system does: what a process 1 never gets. */
static bool is_at_default(pid_t pid, int sig)
{
	unsigned long long caught = 0, ignored = 0;
	char path[64], line[256];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	while (fgets(line, sizeof line, file)) {
		sscanf(line, "SigIgn: %llx", &ignored);
		sscanf(line, "SigCgt: %llx", &caught);
	}
	fclose(file);
	return !((caught | ignored) >> (sig - 1) & 1);
}

/*
 * With the program in a group of its own, this process is in that group too while both run, so that the terminal's
 * signals reach it; but stopped or ended it has to be where the shell that started it looks for it.
 */
static void join_group(pid_t group)
{
	if (!state.takes_terminal)
		return;
	setpgid(0, group);
	tcsetpgrp(STDIN_FILENO, group);
}

/*
 * Waits for the program, and hands on to it what this process is sent. A process 1 gets no signal that it does not
 * catch; so where one would end it, it is ended, and where one would stop it, it is stopped.
 */
static int wait_for(pid_t program, bool is_pid_1, const sigset_t *signals)
{
	int status, ended_by = 0;
	siginfo_t info;

	for (;;) {
		const pid_t ended = waitpid(program, &status, WNOHANG);
		int sig;

		if (ended == program)
			break;
		if (ended < 0)
			fail("no program to wait for: %s", strerror(errno));
		sig = sigwaitinfo(signals, &info);
		if (sig <= 0 || sig == SIGCHLD || sig == SIGWINCH)
			continue;
		/* The terminal has sent it to the program as well. */
		if (info.si_code != SI_KERNEL)
			kill(program, sig);
		if (sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU) {
			kill(program, SIGSTOP);
			join_group(getpid());
			raise(SIGSTOP);
			join_group(program);
			kill(program, SIGCONT);
		} else if (is_pid_1 && sig != SIGCONT && is_at_default(program, sig)) {
			ended_by = sig;
			kill(program, SIGKILL);
		}
	}
	if (ended_by)
		return 128 + ended_by;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
	static char stack[ANTON_STACK_SIZE] __attribute__((aligned(16)));
	struct plan *plan = &state.plan;
	const int flags = CLONE_VM | CLONE_VFORK | SIGCHLD;
	sigset_t signals;
	pid_t program;
	int code;

	read_options(argc, argv, plan);
	add_ops(plan);
	state.paths = candidates(plan->program[0]);
	state.takes_terminal = tcgetpgrp(STDIN_FILENO) == getpid();
	/* Whoever has it ignored, by inheritance too, is not told of a child's end, nor of its status (wait(2)). */
	signal(SIGCHLD, SIG_DFL);
	sigfillset(&signals);
	sigprocmask(SIG_SETMASK, &signals, NULL);
	if (plan->namespaces & CLONE_NEWUSER)
		enter_user_namespace(plan);
	if (pipe2(state.alive, O_CLOEXEC) < 0)
		fail("no pipe: %s", strerror(errno));
	program = clone(become_program, stack + sizeof stack,
			flags | (plan->namespaces & ~(CLONE_NEWUSER | CLONE_NEWTIME)), NULL);
	if (program < 0) {
		explain_refusal("namespaces", errno, plan);
		return EXIT_ANTON;
	}
	if (state.error) {
		waitpid(program, NULL, 0);
		join_group(getpid());
		if (state.failed) {
			explain_refusal(state.failed, state.error, plan);
			return EXIT_ANTON;
		}
		fprintf(stderr, "anton: %s: %s\n", plan->program[0],
			state.error == ENOENT ? "not found" : strerror(state.error));
		return state.error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE;
	}
	join_group(program);
	code = wait_for(program, plan->namespaces & CLONE_NEWPID, &signals);
	join_group(getpid());
	return code;
}
