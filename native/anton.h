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

#define ANTON_ABI 3

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
 *   readonly     path                   flags               mount_setattr(2), MOUNT_ATTR_RDONLY; AT_RECURSIVE or 0
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

/*
 * The scan: all namespaces that the caller may see, and the processes.
 *
 * anton_scan() takes milliseconds, so it is called on a thread that may wait; several may run at once. Returns NULL if
 * there is no memory or no /proc. anton_scan_size() is the size of its result, and anton_scan_take() copies it to a
 * buffer of that size and frees it: a struct anton_scan_header, and the tables whose places are told in it.
 *
 * Inode numbers are those of nsfs, as in readlink(2) of /proc/PID/ns/KIND; 0 means none. Kinds are numbers: 0 user,
 * 1 pid, 2 mnt, 3 uts, 4 ipc, 5 net, 6 cgroup, 7 time.
 */
enum {
	ANTON_SCAN_THREADS = 1,	    /* look at the threads of processes that have more than one */
	ANTON_SCAN_DESCRIPTORS = 2, /* look for namespaces that open descriptors keep, or that wait for children */
	ANTON_SCAN_SOCKETS = 4,	    /* ask sockets for their network namespace, where that is permitted */
	ANTON_SCAN_MOUNTS = 8,	    /* look for namespaces that are mounted somewhere */
	ANTON_SCAN_LEADERS = 16,    /* read command line and control groups of each namespace's first process */
	ANTON_SCAN_FRESH = 32,	    /* read every process again, also one that has not run since the last scan */
};

struct anton_scan_place {
	uint32_t offset; /* in bytes, from the header's beginning */
	uint32_t count;	 /* of rows */
};

enum {
	ANTON_SCAN_SOCKETS_DENIED = 1, /* some socket could not be asked */
};

struct anton_scan_header {
	uint32_t took_us;
	uint32_t limits;	     /* ANTON_SCAN_SOCKETS_DENIED */
	uint32_t hidden_descriptors; /* processes whose descriptors could not be read, beside the hidden ones */
	uint32_t hidden_mounts;	     /* mount namespaces whose mounts could not be read, likewise */
	uint32_t own[8];	     /* inodes of the caller's namespaces, by kind */
	struct anton_scan_place processes, sets, namespaces, holders, leaders;
	struct anton_scan_place chains; /* uint32_t; the chain of a process is preceded by its length */
	struct anton_scan_place text;	/* bytes; every text ends with a NUL, that at 0 is empty */
};

enum {
	ANTON_SCAN_HIDDEN = 1, /* its namespaces may not be read */
	ANTON_SCAN_ZOMBIE = 2,
	ANTON_SCAN_KERNEL = 4,	/* a kernel thread */
	ANTON_SCAN_OPAQUE = 8,	/* /proc/PID itself may not be read (hidepid=1): only PID and uid are known */
	ANTON_SCAN_IN_SET = 16, /* `set` is one */
};

/* By ascending PID. */
struct anton_scan_process {
	uint32_t pid;
	uint32_t parent;
	uint32_t uid; /* effective */
	uint32_t threads;
	uint32_t flags;	    /* ANTON_SCAN_* above */
	uint32_t set;	    /* index */
	uint32_t chain;	    /* index, if it has more PIDs than the one; else 0 */
	uint32_t start_low; /* in clock ticks since the boot */
	uint32_t start_high;
	char name[20]; /* with a NUL; longer ones, which only kernel threads have, are cut */
};

/* Namespaces that some process or thread is in. */
struct anton_scan_set {
	uint32_t inodes[8]; /* by kind */
	uint32_t processes; /* whose first thread is in exactly these */
	uint32_t threads;   /* of any process */
	uint32_t first_pid; /* the lowest of a process in it; of one that has a thread in it, if no process is */
	uint32_t first_tid; /* in the latter case, that thread */
};

#define ANTON_SCAN_MOST_HOLDERS 8

enum anton_scan_by {
	ANTON_SCAN_BY_DESCRIPTOR,
	ANTON_SCAN_BY_SOCKET,
	ANTON_SCAN_BY_CHILDREN,
	ANTON_SCAN_BY_MOUNT,
	ANTON_SCAN_BYS,
};

#define ANTON_SCAN_UNKNOWN 1 /* as the inode of a parent or owner: there is one, but it may not be seen */

struct anton_scan_namespace {
	uint32_t inode;
	uint32_t kind;
	uint32_t id_low; /* of NS_GET_ID; 0 where the kernel has none */
	uint32_t id_high;
	uint32_t parent;
	uint32_t owner;
	uint32_t owner_uid; /* of user namespaces; (uid_t) -1 if it may not be seen */
	uint32_t processes;
	uint32_t threads;
	uint32_t first_pid; /* as in struct anton_scan_set */
	uint32_t first_tid;
	uint32_t uid_map; /* texts, as /proc/PID/uid_map has it */
	uint32_t gid_map;
	uint32_t described;
	uint32_t holders[ANTON_SCAN_BYS]; /* how many of each sort; the table has ANTON_SCAN_MOST_HOLDERS of them */
};

struct anton_scan_holder {
	uint32_t namespace; /* index */
	uint32_t by;	    /* enum anton_scan_by */
	uint32_t pid;
	uint32_t number; /* the descriptor; of a mount, the inode of the mount namespace */
	uint32_t path;	 /* text */
};

struct anton_scan_leader {
	uint32_t pid;
	uint32_t command; /* texts: /proc/PID/cmdline without its last NUL, which has NULs inside, */
	uint32_t command_size;
	uint32_t cgroup;    /* /proc/PID/cgroup, */
	uint32_t container; /* and the variable `container` of its environment (systemd's container interface) */
};

struct anton_scan;
struct anton_scan *anton_scan(uint32_t options);
uint32_t anton_scan_size(const struct anton_scan *result);
void anton_scan_take(struct anton_scan *result, void *buffer);

#endif
