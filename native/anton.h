/*
 * libanton: makes a terminal whose first process runs in namespaces of its own.
 *
 * One thread per process, started by anton_open(), makes every terminal and waits for every end. It never ends
 * before the process does, so PR_SET_PDEATHSIG (which follows the parent *thread*, prctl(2)) means what it should.
 *
 * A terminal is made in this order; each step is reported with its errno and its duration:
 *
 *   caller            anton thread                 first process (shares the caller's memory until execve)
 *   anton_start() --> openpt, clone(CLONE_VM) ---> reset signals, close descriptors, [setns], wait
 *     <-- ANTON_CLONED, pid
 *   writes setgroups, uid_map, gid_map
 *   anton_proceed() ------------------------------> the operations of the spec, setsid, TIOCSCTTY, chdir, execve
 *     <-- ANTON_STARTED, pty master and slave
 *     <-- ANTON_EXITED, wait status     or  ANTON_FAILED, step and errno, with nothing left behind
 *
 * All functions return at once: 0 or a positive value, or a negative errno.
 */
#ifndef ANTON_H
#define ANTON_H

#include <stdint.h>

#define ANTON_ABI 4

/* What a terminal is to be. Copied by anton_start(); the caller keeps its own. */
struct anton_spec {
	uint32_t abi;	     /* ANTON_ABI */
	uint32_t namespaces; /* CLONE_NEW* flags of the namespaces to make */
	uint32_t join;	     /* CLONE_NEW* flags of the namespaces of join_pid to enter instead */
	int32_t join_pid;    /* process whose namespaces are entered, if join is not 0 */
	uint64_t
	    join_start;	  /* its start time, field 22 of /proc/PID/stat: a later process with its PID is not joined */
	uint32_t options; /* ANTON_OPT_* */
	uint16_t rows;	  /* of the terminal window */
	uint16_t cols;
	const char *cwd;	 /* absolute path, as the first process sees it after its operations */
	const char *file;	 /* of the program, likewise */
	const char *guard;	 /* absolute path of anton-guard, here */
	const char *const *argv; /* these end with NULL */
	const char *const *envp;
	const char *const *ops; /* what the first process does to its namespaces: ANTON_OP_STRINGS for each operation */
};

// clang-format off
/*
 * An operation is written as six strings: its kind, up to three texts, a number, and one text more. "" stands for NULL.
 *
 *   kind         text    text    text   number        text
 *
 *   mount        source  target  type   flags         data  mount(2); the source "@tty" is the terminal's device
 *   readonly     path                   flags               mount_setattr(2), MOUNT_ATTR_RDONLY; AT_RECURSIVE or 0,
 *                                                           which mount(2) does where there is no mount_setattr(2)
 *   readonly_below path                                     the same for what is mounted below, not for path itself
 *   umount       path                   flags               umount2(2)
 *   pivot_root   new     old                                pivot_root(2)
 *   chdir        path                                       chdir(2)
 *   mkdir        path                   mode                mkdir(2); one that exists is as good
 *   touch        path                   mode                an empty file, if there is none
 *   symlink      target  path                               symlink(2); one that exists is as good
 *   write        path    text                               one write(2) to a file that exists
 *   sethostname  name                                       sethostname(2)
 *   unshare                             flags               unshare(2)
 *   lo_up                                                   IFF_UP for the loopback interface
 *   setids                              uid | gid << 32     setresgid(2) and setresuid(2), ids inside
 *   no_new_privs                                            PR_SET_NO_NEW_PRIVS
 *   drop_caps                           mask                from the bounding set and from the process's own
 */
// clang-format on
#define ANTON_OP_STRINGS 6

enum {
	ANTON_OPT_GUARD = 1, /* anton-guard becomes the parent and ends all descendants with the terminal */
	ANTON_OPT_WAIT = 2,  /* wait for anton_proceed(), so that id maps can be written */
	ANTON_OPT_INIT = 4,  /* anton-guard becomes process 1, reaps and hands on signals; the program is its child */
	ANTON_OPT_NO_GROUPS =
	    16,		     /* give up the supplementary groups, where one may, before a user namespace is entered */
	ANTON_OPT_ENTER = 8, /* enter the time namespace of join_pid too, by way of anton-guard: see there.
			      * A process that shares its memory may not (setns(2), EUSERS) */
	ANTON_OPT_OWN_MEMORY = 32, /* the new processes get a copy of the caller's memory, so that a limit on theirs, or
				    * a change of their ids, does not reach it. So do those that join, whatever is asked
				    * for: in there, others may look into their memory */
};

/* The steps, in the order in which they are taken. anton_step_name() has their names. */
enum anton_step_id {
	ANTON_STEP_NONE,
	ANTON_STEP_OPENPT,
	ANTON_STEP_SOCKET,
	ANTON_STEP_OPEN_GUARD,
	ANTON_STEP_OPEN_NS,
	ANTON_STEP_STACK,
	ANTON_STEP_CLONE_GUARD,
	ANTON_STEP_SUBREAPER,
	ANTON_STEP_GROUPS,
	ANTON_STEP_SETNS,
	ANTON_STEP_CLONE,
	ANTON_STEP_EXEC_GUARD,
	ANTON_STEP_SIGNALS,
	ANTON_STEP_CLOSE_FDS,
	ANTON_STEP_PDEATHSIG,
	ANTON_STEP_WAIT,
	ANTON_STEP_SETSID,
	ANTON_STEP_CTTY,
	ANTON_STEP_STDIO,
	ANTON_STEP_CLONE_PROGRAM,
	ANTON_STEP_CHDIR,
	ANTON_STEP_EXEC,
	ANTON_STEP_COUNT,
	ANTON_STEP_OP = 256, /* this and the following ones: the operations of the spec, by their index */
};

struct anton_step {
	int32_t step;	  /* enum anton_step_id */
	int32_t error;	  /* errno, 0 if it succeeded */
	int64_t result;	  /* what the system call returned: a PID, a descriptor; of setns the kinds, as digits in the
			   * order in which they were entered: 1 user, 2 pid, 3 mnt, 4 uts, 5 ipc, 6 net, 7 cgroup */
	int64_t begin_ns; /* CLOCK_MONOTONIC of the caller */
	int64_t end_ns;
};

#define ANTON_MAX_OPS 128
#define ANTON_MAX_STEPS (ANTON_MAX_OPS + 32)

enum anton_event_type {
	ANTON_CLONED =
	    1,	       /* pid: the first process, seen from the caller; it waits if ANTON_OPT_WAIT; root: see below */
	ANTON_STARTED, /* master, slave: both ends of the pty, now the caller's to close */
	ANTON_FAILED,  /* step, error; everything made so far is gone */
	ANTON_EXITED,  /* status: as wait(2) gives it, or -1 if it could not be had */
};

/* One record on the descriptor that anton_open() returns. */
struct anton_event {
	int32_t type; /* enum anton_event_type */
	int32_t id;   /* what anton_start() returned */
	int32_t pid;
	int32_t master; /* does not block */
	int32_t slave;	/* while it is open, the master never hangs up, so nothing written is lost */
	int32_t step;
	int32_t error;
	int32_t status;
	int32_t root; /* pid of the process below which all of the terminal is: its guard, or the first process */
};

/* Starts the thread on first use. Returns a stream socket on which struct anton_event records arrive; it is the
 * caller's, and the same on every call. */
int anton_open(void);

/* Queues a terminal. Returns its id (> 0). -EINVAL: wrong abi or a missing path; -ENOMEM. */
int anton_start(const struct anton_spec *spec);

/* Lets a waiting first process go on. -ESRCH: no such terminal, or not one that waits. */
int anton_proceed(int id);

/* Ends everything in the terminal with SIGKILL, at any time in its life. ANTON_FAILED or ANTON_EXITED follows.
 * -ESRCH: no such terminal. */
int anton_kill(int id);

/* Copies the steps taken so far, at most max; returns how many. They stay until ANTON_EXITED or ANTON_FAILED has
 * been followed by anton_forget(). -ESRCH: no such terminal. */
int anton_steps(int id, struct anton_step *steps, int max);

/* 1 if a read(2) of this descriptor would return something, or its end; 0 if not. */
int anton_readable(int fd);

/* The uid of the process at the other end of a connected Unix socket, as it was when it connected; or a negative errno. */
int64_t anton_peer_uid(int fd);

/* Frees an ended terminal's record. -EBUSY: it has not ended; -ESRCH. */
int anton_forget(int id);

/* A user namespace: its inode number in nsfs, and the uid of its owner as the caller sees it. */
struct anton_user_namespace {
	uint64_t inode;
	uint32_t owner;
	uint32_t unused;
};

/*
 * The user namespaces that have a say over the namespace of this path, /proc/PID/ns/KIND: its owner, or itself if it is
 * a user namespace, then each one's parent up to the caller's own. Returns how many; none if the owner is neither the
 * caller's own user namespace nor below it. -EACCES, -ENOENT.
 */
int anton_owners(const char *path, struct anton_user_namespace *owners, int max);

/* 1 if a PID or user namespace is below the caller's own, 0 if it is not. -EACCES, -ENOENT. */
int anton_is_below(const char *path);

/* "clone" for ANTON_STEP_CLONE; NULL for a number that is no step, or an operation. */
const char *anton_step_name(int step);

#endif
