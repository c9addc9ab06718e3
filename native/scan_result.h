/* What anton-scan is asked for, and what it answers. */
#ifndef ANTON_SCAN_RESULT_H
#define ANTON_SCAN_RESULT_H

#include <stdint.h>

/*
 * A result: a struct anton_scan_header, and the tables whose places are told in it.
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

#endif
