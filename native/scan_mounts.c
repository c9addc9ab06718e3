/* Namespaces that are mounted somewhere, as `ip netns add` does it: they need no process. */
#define _GNU_SOURCE
#include "scan.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define NSFS 0x6e736673 /* NSFS_MAGIC of <linux/magic.h> */

struct mount {
	uint32_t pid; /* of the process in whose mountinfo it is */
	uint32_t mount_namespace;
	int kind;
	uint32_t inode;
	char path[4096]; /* as that process sees it */
};

int scan_add_holder(struct scan *scan, const struct anton_scan_holder *holder)
{
	struct anton_scan_namespace *row = table_row(&scan->namespaces, holder->namespace);
	bool added;
	int index;

	if (row->holders[holder->by]++ >= ANTON_SCAN_MOST_HOLDERS)
		return 0;
	index = table_put(&scan->holders, holder, &added);
	return index < 0 ? index : 0;
}

/* mountinfo writes blank, tab, newline and backslash as three octal digits (proc_pid_mountinfo(5)). */
static bool unescape(const char *from, size_t size, char *to, size_t room)
{
	for (size_t i = 0; i < size; i++, to++, room--) {
		if (room < 2)
			return false;
		if (from[i] == '\\' && i + 3 < size) {
			*to = (from[i + 1] - '0') << 6 | (from[i + 2] - '0') << 3 | (from[i + 3] - '0');
			i += 3;
		} else {
			*to = from[i];
		}
	}
	*to = 0;
	return true;
}

/* "36 35 0:4 net:[4026532412] /run/netns/blue rw shared:1 - nsfs nsfs rw": the fourth field, and the fifth. */
static bool parse(const char *line, const char *end, struct mount *mount)
{
	const char *field = line;

	for (int i = 0; i < 3; i++) {
		field = memchr(field, ' ', end - field);
		if (!field++)
			return false;
	}
	const char *root = field, *path = memchr(root, ' ', end - root);
	const char *after = path ? memchr(path + 1, ' ', end - path - 1) : NULL;
	if (!after)
		return false;
	mount->kind = scan_parse_link(root, path - root, &mount->inode);
	return mount->kind >= 0 && unescape(path + 1, after - path - 1, mount->path, sizeof(mount->path));
}

/*
 * A descriptor of the mounted namespace. The path is one in a process's own tree, and may be another thing by now: it
 * is looked at before it is opened, since opening a device or a pipe does something.
 */
static int open_mount(const struct scan *scan, const struct mount *mount)
{
	char path[sizeof(mount->path) + 32];
	struct statfs status;
	int fd = -1;

	snprintf(path, sizeof(path), "%u/root%s", mount->pid, mount->path);
	const int place = openat(scan->proc, path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (place < 0)
		return -1;
	if (fstatfs(place, &status) == 0 && status.f_type == NSFS) {
		snprintf(path, sizeof(path), "thread-self/fd/%d", place);
		fd = openat(scan->proc, path, O_RDONLY | O_CLOEXEC);
	}
	close(place);
	return fd;
}

static int add(struct scan *scan, const struct mount *mount)
{
	const int fd = open_mount(scan, mount);
	const int index = scan_add_namespace(scan, mount->kind, mount->inode, fd);

	if (fd >= 0)
		close(fd);
	if (index < 0)
		return index;
	struct anton_scan_holder holder = {
	    .namespace = index, .by = ANTON_SCAN_BY_MOUNT, .pid = mount->pid, .number = mount->mount_namespace};
	const struct anton_scan_namespace *row = table_row(&scan->namespaces, index);
	if (row->holders[holder.by] < ANTON_SCAN_MOST_HOLDERS) {
		const int path = text_add(&scan->text, mount->path, strlen(mount->path));
		if (path < 0)
			return path;
		holder.path = path;
	}
	return scan_add_holder(scan, &holder);
}

/* Reads a file of any size; NULL if it may not be read. */
static char *read_whole(int folder, const char *name, size_t *size)
{
	const int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
	char *bytes = NULL;
	size_t room = 0;
	ssize_t got = 1;

	*size = 0;
	while (fd >= 0 && got > 0) {
		if (room - *size < 4096) {
			char *grown = realloc(bytes, room = room ? 2 * room : 32768);
			if (!grown)
				break;
			bytes = grown;
		}
		got = read(fd, bytes + *size, room - *size);
		*size += got > 0 ? got : 0;
	}
	if (fd >= 0)
		close(fd);
	if (fd >= 0 && got == 0)
		return bytes;
	free(bytes);
	return NULL;
}

static int scan_mountinfo(struct scan *scan, struct mount *mount, const char *bytes, size_t size)
{
	static const char type[] = " - nsfs ";
	const char *at = bytes, *end = bytes + size;
	int error = 0;

	while (error == 0 && (at = memmem(at, end - at, type, sizeof(type) - 1))) {
		const char *before = memrchr(bytes, '\n', at - bytes);

		if (parse(before ? before + 1 : bytes, at, mount))
			error = add(scan, mount);
		at += sizeof(type) - 1;
	}
	return error;
}

int scan_mounts(struct scan *scan)
{
	const uint32_t known = scan->namespaces.count;
	int error = 0;

	for (uint32_t i = 0; i < known && error == 0; i++) {
		const struct anton_scan_namespace row = *(struct anton_scan_namespace *)table_row(&scan->namespaces, i);
		struct mount mount = {.pid = row.first_tid ? row.first_tid : row.first_pid,
				      .mount_namespace = row.inode};
		char name[32];
		size_t size;

		if (row.kind != MNT || row.first_pid == 0)
			continue;
		/* /proc has a folder for each thread, though it lists only those of first ones. */
		snprintf(name, sizeof(name), "%u/mountinfo", mount.pid);
		char *bytes = read_whole(scan->proc, name, &size);
		if (bytes)
			error = scan_mountinfo(scan, &mount, bytes, size);
		else
			scan->hidden_mounts++;
		free(bytes);
	}
	return error;
}
