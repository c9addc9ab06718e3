/*
 * One scan of the machine's namespaces: what its threads share, and the parts it is made of.
 * A function that cannot get memory returns -ENOMEM, and the scan fails; whatever the kernel refuses, or whatever
 * vanishes while it is looked at, is noted and the scan goes on.
 */
#ifndef ANTON_SCAN_H
#define ANTON_SCAN_H

#include "scan_result.h"
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* In the order of src/kernel/kinds.ts. */
enum { USER, PID, MNT, UTS, IPC, NET, CGROUP, TIME, KINDS };

/* Rows of one size, found again by the bytes that they begin with; with a key of no bytes, a list. */
struct table {
	const uint32_t row_size, key_size;
	uint32_t count, room, slot_count;
	char *rows;
	uint32_t *slots;
};

/* The index of the row with this key, added with zeros after it if there is none (*added). Row pointers hold until the
 * next call. */
int table_put(struct table *table, const void *key, bool *added);
void *table_row(const struct table *table, uint32_t index);
void table_free(const struct table *table);

/* Bytes, one piece after the other; offset 0 is an empty text. */
struct text {
	char *bytes;
	size_t size, room;
};

/* Appends, with a NUL after it; returns the offset. */
int text_add(struct text *text, const void *bytes, size_t size);

/* The namespaces that a thread is in; 0 where it has none. */
struct ids {
	uint32_t inode[KINDS];
};

/* A process of /proc, and by what a later scan can tell that it is the same and has not run. */
struct entry {
	uint32_t pid;
	bool is_fixed;	/* all that is known of it can only be changed by itself */
	uint64_t inode; /* of /proc/PID: a later process with its PID gets another */
	uint64_t cpu;	/* its CPU time before it was looked at, in nanoseconds */
};

/* What a scan leaves to the next. */
struct past {
	uint32_t options, uid, count;
	struct entry *entries; /* by ascending PID */
	struct anton_scan_process *processes;
	struct table sets, chains;
};

struct scan {
	const uint32_t options;
	const int proc;		 /* descriptor of /proc */
	struct past *const past; /* or NULL */
	struct ids own;
	struct entry *entries;
	uint32_t pid_count;
	uint32_t next; /* the first of them that no thread has taken */
	struct anton_scan_process *processes;

	pthread_mutex_t lock; /* of all that follows */
	int error;
	uint32_t limits;
	uint32_t hidden_descriptors, hidden_mounts;
	struct table sets, namespaces, holders, chains, leaders;
	struct text text;
};

/* scan.c: all namespaces that the caller may see, and the processes, as scan_result.h has it. Takes milliseconds; one at
 * a time. The caller frees the result; NULL if there is no memory or no /proc. */
void *scan_machine(uint32_t options, uint32_t *size);

/* scan_process.c: reads all of a process, or leaves *record zero if it has ended. */
int scan_process(struct scan *scan, struct entry *entry, struct anton_scan_process *record);

/* Reads again whose child a process is. */
void scan_read_parent(struct scan *scan, struct anton_scan_process *record);

/* Counts a process, or threads of one, in a set. Returns its index. `folder` may be -1. */
int scan_count_in(struct scan *scan, const struct ids *ids, int folder, struct anton_scan_set more);

/* The PIDs of a process: their number, and they. Returns the index. */
int scan_add_chain(struct scan *scan, const uint32_t *chain);

/* scan_past.c */

/* The last scan's, which is now the caller's; NULL if there is none that a scan with these options can use. */
struct past *scan_take_past(uint32_t options);

/* Leaves what a scan found to the next one, and frees `past`. */
void scan_leave_past(struct scan *scan, struct past *past, bool is_whole);

/* Notes the CPU time of a process. If it has not run since the last scan, copies what that found, and returns 1. */
int scan_reuse(struct scan *scan, struct entry *entry, struct anton_scan_process *record);

/* Reads the parents of those again whose parent has ended. */
void scan_check_parents(struct scan *scan);

/* scan_namespaces.c. The caller holds the lock. */

/* The set of these namespaces, each of them added to the namespaces. `folder`: descriptor of /proc/PID or of
 * /proc/PID/task/TID, or -1 to have /proc/PID opened if it is needed. */
int scan_add_set(struct scan *scan, const struct ids *ids, int folder, uint32_t pid);

/* The namespace that a descriptor of nsfs stands for, with all that the kernel says of it. Returns its index. */
int scan_add_namespace(struct scan *scan, int kind, uint32_t inode, int fd);

/* The namespaces' numbers of processes and threads, and first ones, from those of the sets. */
int scan_count(struct scan *scan);

/* scan_descriptors.c: what in a process keeps a namespace that it is not in. Takes the lock itself. Returns 1 if there
 * was something, or something that may not be read. */
int scan_descriptors(struct scan *scan, uint32_t pid, int folder, const struct ids *ids);

/* scan_mounts.c: bind mounts, in each mount namespace once. */
int scan_mounts(struct scan *scan);

/* The caller holds the lock. */
int scan_add_holder(struct scan *scan, const struct anton_scan_holder *holder);

/* scan_leaders.c: command line and control groups of the first process of each namespace. */
int scan_leaders(struct scan *scan);

/* scan_read.c */

extern const char *const scan_kind_names[KINDS];

#define SCAN_DIGITS 12
/* The decimal digits of a number, written before `end`, which is one past SCAN_DIGITS bytes. */
char *scan_print(char *end, uint32_t number);

/* Reads a number after blanks, and moves *text behind it. */
bool scan_parse(const char **text, uint64_t *number);

/* Reads a short file; its size or a negative errno. There is a NUL after it. */
int scan_read(int folder, const char *name, char *buffer, size_t size);

/* The kind and inode of a link like "net:[4026531840]"; -1 if it is none. */
int scan_parse_link(const char *link, size_t size, uint32_t *inode);

/* The inode of such a link. */
int scan_read_id(int folder, const char *path, uint32_t *inode);

/* The entries of an open folder that are numbers: `struct numbers all = {.fd = fd}`. */
struct numbers {
	int fd;
	long at, size;
	uint64_t inode; /* of the last one */
	char buffer[4096] __attribute__((aligned(8)));
};
bool scan_next(struct numbers *numbers, uint32_t *number);

#endif
