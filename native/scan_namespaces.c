/* What the kernel says of each namespace by ioctl_nsfs(2), and who is in it. */
#define _GNU_SOURCE
#include "scan.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* As <linux/nsfs.h> has them, which not every libc's compiler finds. */
#define GET_USERNS _IO(0xb7, 1)
#define GET_PARENT _IO(0xb7, 2)
#define GET_OWNER_UID _IO(0xb7, 4)
#define GET_ID _IOR(0xb7, 13, uint64_t)

/* PROC_USER_INIT_INO and PROC_PID_INIT_INO of the kernel: above these there is none. */
enum { FIRST_USER = 0xeffffffdu, FIRST_PID = 0xeffffffcu };

static uint32_t inode_of(int fd)
{
	struct statx status;

	/* statx, because glibc has fstat as a symbol of its own only since 2.33. */
	return statx(fd, "", AT_EMPTY_PATH, STATX_INO, &status) < 0 ? 0 : status.stx_ino;
}

/* The inode of a namespace's parent or owner, which is added too. */
static int64_t add_related(struct scan *scan, int fd, unsigned long request, int kind)
{
	const int related = ioctl(fd, request);

	if (related < 0)
		return ANTON_SCAN_UNKNOWN;
	const uint32_t inode = inode_of(related);
	const int index = inode ? scan_add_namespace(scan, kind, inode, related) : 0;
	close(related);
	if (index < 0)
		return index;
	return inode ? inode : ANTON_SCAN_UNKNOWN;
}

static int describe(struct scan *scan, int index, int fd)
{
	struct anton_scan_namespace *row = table_row(&scan->namespaces, index);
	const int kind = row->kind;
	const bool is_first = row->inode == FIRST_USER || row->inode == FIRST_PID;
	int64_t parent = 0, owner;
	uint64_t id;
	uid_t uid;

	if (ioctl(fd, GET_ID, &id) == 0) {
		row->id_low = id;
		row->id_high = id >> 32;
	}
	if (kind == USER && ioctl(fd, GET_OWNER_UID, &uid) == 0)
		row->owner_uid = uid;
	row->described = 1;
	if ((kind == USER || kind == PID) && !is_first)
		parent = add_related(scan, fd, GET_PARENT, kind);
	owner = kind == USER ? parent : add_related(scan, fd, GET_USERNS, USER);
	if (parent < 0 || owner < 0)
		return -ENOMEM;
	row = table_row(&scan->namespaces, index);
	row->parent = parent;
	row->owner = owner;
	return 0;
}

/* Adds a namespace of which nothing is known yet. */
static int add(struct scan *scan, int kind, uint32_t inode)
{
	const uint32_t key[] = {inode, kind};
	bool added;
	const int index = table_put(&scan->namespaces, key, &added);

	if (added) {
		struct anton_scan_namespace *row = table_row(&scan->namespaces, index);

		row->owner_uid = (uid_t)-1;
		row->parent = kind == USER || kind == PID ? ANTON_SCAN_UNKNOWN : 0;
		row->owner = ANTON_SCAN_UNKNOWN;
	}
	return index;
}

int scan_add_namespace(struct scan *scan, int kind, uint32_t inode, int fd)
{
	const int index = add(scan, kind, inode);

	if (index < 0 || fd < 0)
		return index;
	const struct anton_scan_namespace *row = table_row(&scan->namespaces, index);
	if (row->described || inode_of(fd) != inode)
		return index;
	const int error = describe(scan, index, fd);
	return error ? error : index;
}

static int add_map(struct scan *scan, int folder, const char *name, uint32_t *offset)
{
	/* 340 lines of three numbers in columns 10 wide, user_namespaces(7). */
	char map[16384];
	const int size = scan_read(folder, name, map, sizeof(map));
	const int added = size > 0 ? text_add(&scan->text, map, size) : 0;

	if (added > 0)
		*offset = added;
	return added < 0 ? added : 0;
}

/* A user namespace's maps, read of a process in it. */
static int add_maps(struct scan *scan, int index, int folder)
{
	struct anton_scan_namespace *row = table_row(&scan->namespaces, index);
	int error = 0;

	if (row->uid_map == 0)
		error = add_map(scan, folder, "uid_map", &row->uid_map);
	if (error == 0 && row->gid_map == 0)
		error = add_map(scan, folder, "gid_map", &row->gid_map);
	return error;
}

static int add_from(struct scan *scan, int kind, uint32_t inode, int folder)
{
	char path[] = "ns/cgroup";
	int index = add(scan, kind, inode);

	if (index < 0)
		return index;
	if (!((struct anton_scan_namespace *)table_row(&scan->namespaces, index))->described) {
		strcpy(path + 3, scan_kind_names[kind]);
		const int fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
		if (fd >= 0) {
			index = scan_add_namespace(scan, kind, inode, fd);
			close(fd);
		}
	}
	return index >= 0 && kind == USER ? add_maps(scan, index, folder) : index < 0 ? index : 0;
}

static int describe_set(struct scan *scan, const struct ids *ids, int folder)
{
	int error = 0;

	for (int kind = 0; kind < KINDS && error >= 0; kind++)
		if (ids->inode[kind])
			error = add_from(scan, kind, ids->inode[kind], folder);
	return error;
}

int scan_add_set(struct scan *scan, const struct ids *ids, int folder, uint32_t pid)
{
	char name[SCAN_DIGITS];
	bool added;
	const int index = table_put(&scan->sets, ids, &added);

	if (index < 0 || !added)
		return index;
	const int opened =
	    folder >= 0 ? -1 : openat(scan->proc, scan_print(name + SCAN_DIGITS, pid), O_PATH | O_CLOEXEC);
	const int error = describe_set(scan, ids, folder >= 0 ? folder : opened);
	if (opened >= 0)
		close(opened);
	return error < 0 ? error : index;
}

static void count(struct anton_scan_namespace *row, const struct anton_scan_set *set)
{
	/* A process stands for its namespaces before a thread of another does. */
	const bool is_better = row->first_pid == 0 || (row->first_tid != 0 && set->first_tid == 0) ||
			       ((row->first_tid == 0) == (set->first_tid == 0) && set->first_pid < row->first_pid);

	row->processes += set->processes;
	row->threads += set->threads;
	if (is_better) {
		row->first_pid = set->first_pid;
		row->first_tid = set->first_tid;
	}
}

int scan_count(struct scan *scan)
{
	for (uint32_t i = 0; i < scan->sets.count; i++) {
		const struct anton_scan_set *set = table_row(&scan->sets, i);

		for (int kind = 0; kind < KINDS; kind++) {
			const int index = set->inodes[kind] ? add(scan, kind, set->inodes[kind]) : -1;
			if (index >= 0)
				count(table_row(&scan->namespaces, index), set);
		}
	}
	return 0;
}
