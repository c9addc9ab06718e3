/*
 * The operations by which a first process sets its namespaces up. They run in memory shared with the process that
 * made it (see child.c): raw system calls only.
 */
#define _GNU_SOURCE
#include "child.h"
#include "raw.h"
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/statfs.h>

#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif
/* MOUNT_ATTR_RDONLY and AT_RECURSIVE, which older headers lack */
#define ATTR_RDONLY 1
#define ATTR_RECURSIVE 0x8000

/* As <linux/capability.h> has them, which not every libc's compiler finds. */
#define CAPABILITY_VERSION_3 0x20080522

struct capability_header {
	uint32_t version;
	int pid;
};

struct capability_data {
	uint32_t effective, permitted, inheritable;
};

static const struct {
	const char *name;
	enum anton_op_kind kind;
} kinds[] = {
    {"mount", ANTON_OP_MOUNT},	       {"readonly", ANTON_OP_READONLY},
    {"umount", ANTON_OP_UMOUNT},       {"pivot_root", ANTON_OP_PIVOT_ROOT},
    {"chdir", ANTON_OP_CHDIR},	       {"mkdir", ANTON_OP_MKDIR},
    {"touch", ANTON_OP_TOUCH},	       {"symlink", ANTON_OP_SYMLINK},
    {"write", ANTON_OP_WRITE},	       {"sethostname", ANTON_OP_SETHOSTNAME},
    {"unshare", ANTON_OP_UNSHARE},     {"lo_up", ANTON_OP_LO_UP},
    {"setids", ANTON_OP_SETIDS},       {"no_new_privs", ANTON_OP_NO_NEW_PRIVS},
    {"drop_caps", ANTON_OP_DROP_CAPS}, {"readonly_below", ANTON_OP_READONLY_BELOW},
};

static const char *null_if_empty(const char *text)
{
	return *text ? text : NULL;
}

int anton_op_read(const char *const *strings, struct anton_op *op)
{
	char *end;

	*op = (struct anton_op){
	    .a = null_if_empty(strings[1]),
	    .b = null_if_empty(strings[2]),
	    .c = null_if_empty(strings[3]),
	    .d = null_if_empty(strings[5]),
	};
	op->number = strtoull(strings[4], &end, 10);
	if (*end)
		return -EINVAL;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].name, strings[0]) == 0)
			op->kind = kinds[i].kind;
	return op->kind == ANTON_OP_NONE ? -EINVAL : 0;
}

static size_t length_of(const char *text)
{
	size_t length = 0;

	while (text && text[length])
		length++;
	return length;
}

static bool is_tty(const char *source)
{
	return source && source[0] == '@' && source[1] == 't' && source[2] == 't' && source[3] == 'y' && !source[4];
}

/* By its path: a descriptor leads into the mount namespace in which the terminal was opened, which cannot be bound. */
static void tty_path(char *to, int number)
{
	static const char folder[] = "/dev/pts/";
	int scale = 1;

	for (const char *from = folder; *from; from++)
		*to++ = *from;
	while (number / scale >= 10)
		scale *= 10;
	for (; scale; scale /= 10)
		*to++ = (char)('0' + number / scale % 10);
	*to = 0;
}

static long do_mount(const struct anton_op *op, int tty)
{
	char path[32];
	const char *source = op->a;

	if (is_tty(source)) {
		tty_path(path, tty);
		source = path;
	}
	return raw(SYS_mount, source, op->b, op->c, op->number, op->d);
}

static long set_mount_attributes(const char *path, uint64_t flags, uint64_t set, uint64_t clear)
{
	const struct {
		uint64_t set, clear, propagation, userns_fd;
	} attributes = {.set = set, .clear = clear};

	return raw(SYS_mount_setattr, AT_FDCWD, path, flags, &attributes, sizeof attributes);
}

/* Keeps what a user namespace may not take from a mount of the host's (mount_namespaces(7), "locked"). */
static long remount_readonly(const char *path)
{
	struct statfs now;
	long ret = raw(SYS_statfs, path, &now), kept = MS_NOSUID | MS_NODEV | MS_NOEXEC;

	if (ret < 0)
		return ret;
	kept &= now.f_flags; /* ST_NOSUID and the others have the same values */
	return raw(SYS_mount, 0, path, 0, MS_REMOUNT | MS_BIND | MS_RDONLY | kept, 0);
}

static long make_readonly(const char *path, uint64_t flags)
{
	const long ret = set_mount_attributes(path, flags, ATTR_RDONLY, 0);

	/*
	 * Before Linux 5.12, or under a seccomp filter that is older than the call. mount(2) does not reach what
	 * is mounted below.
	 */
	return (ret == -ENOSYS || ret == -EPERM) && flags == 0 ? remount_readonly(path) : ret;
}

/* What is mounted below becomes read-only; the mount itself stays as it is, so that mount points can be made in it. */
static long make_readonly_below(const char *path)
{
	struct statfs before;
	long ret = raw(SYS_statfs, path, &before);

	if (ret == 0)
		ret = make_readonly(path, ATTR_RECURSIVE);
	if (ret < 0 || before.f_flags & MS_RDONLY)
		return ret;
	return set_mount_attributes(path, 0, 0, ATTR_RDONLY);
}

static long unless_there(long ret)
{
	return ret == -EEXIST ? 0 : ret;
}

static long touch(const char *path, uint64_t mode)
{
	long fd = raw(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);

	if (fd < 0)
		return unless_there(fd);
	return raw(SYS_close, fd);
}

static long write_text(const char *path, const char *text)
{
	long fd = raw(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
	size_t length = length_of(text);
	long written;

	if (fd < 0)
		return fd;
	written = raw(SYS_write, fd, text, length);
	raw(SYS_close, fd);
	if (written < 0)
		return written;
	return written == (long)length ? 0 : -EIO;
}

/* The kernel gives lo its addresses as soon as it is up. */
static long set_lo_up(void)
{
	struct ifreq request = {.ifr_name = "lo"};
	long fd = raw(SYS_socket, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), ret;

	if (fd < 0)
		return fd;
	ret = raw(SYS_ioctl, fd, SIOCGIFFLAGS, &request);
	request.ifr_flags |= IFF_UP;
	if (ret >= 0)
		ret = raw(SYS_ioctl, fd, SIOCSIFFLAGS, &request);
	raw(SYS_close, fd);
	return ret;
}

static long set_ids(uint64_t ids)
{
	const unsigned long uid = ids & 0xffffffff, gid = ids >> 32;
	long ret = raw(SYS_setresgid, gid, gid, gid);

	return ret < 0 ? ret : raw(SYS_setresuid, uid, uid, uid);
}

static long drop_caps(uint64_t mask)
{
	const struct capability_header header = {.version = CAPABILITY_VERSION_3};
	struct capability_data data[2];
	long ret;

	for (int cap = 0; cap < 64; cap++) {
		if (!(mask >> cap & 1))
			continue;
		ret = raw(SYS_prctl, PR_CAPBSET_DROP, cap, 0, 0, 0);
		if (ret == -EINVAL) /* this kernel has no more */
			break;
		if (ret < 0)
			return ret;
	}
	raw(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	ret = raw(SYS_capget, &header, data);
	if (ret < 0)
		return ret;
	for (int i = 0; i < 2; i++) {
		const uint32_t keep = ~(uint32_t)(mask >> (32 * i));

		data[i].effective &= keep;
		data[i].permitted &= keep;
		data[i].inheritable &= keep;
	}
	return raw(SYS_capset, &header, data);
}

/* The ambient ones are the only capabilities that a process keeps across execve(2) without being root in its user
 * namespace (capabilities(7)). */
long anton_keep_caps(bool keep)
{
	const struct capability_header header = {.version = CAPABILITY_VERSION_3};
	struct capability_data data[2];
	long ret = raw(SYS_capget, &header, data);

	if (ret < 0)
		return ret;
	for (int i = 0; i < 2; i++)
		data[i].inheritable = keep ? data[i].permitted : 0;
	if (!keep)
		raw(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	ret = raw(SYS_capset, &header, data);
	for (int cap = 0; keep && ret == 0 && cap < 64; cap++)
		if (data[cap / 32].permitted >> cap % 32 & 1)
			raw(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0);
	return ret;
}

bool anton_op_gives_up(const struct anton_op *op)
{
	return op->kind == ANTON_OP_SETIDS || op->kind == ANTON_OP_NO_NEW_PRIVS || op->kind == ANTON_OP_DROP_CAPS;
}

long anton_op_do(const struct anton_op *op, int tty)
{
	switch (op->kind) {
	case ANTON_OP_MOUNT:
		return do_mount(op, tty);
	case ANTON_OP_READONLY:
		return make_readonly(op->a, op->number);
	case ANTON_OP_READONLY_BELOW:
		return make_readonly_below(op->a);
	case ANTON_OP_UMOUNT:
		return raw(SYS_umount2, op->a, op->number);
	case ANTON_OP_PIVOT_ROOT:
		return raw(SYS_pivot_root, op->a, op->b);
	case ANTON_OP_CHDIR:
		return raw(SYS_chdir, op->a);
	case ANTON_OP_MKDIR:
		return unless_there(raw(SYS_mkdirat, AT_FDCWD, op->a, op->number));
	case ANTON_OP_TOUCH:
		return touch(op->a, op->number);
	case ANTON_OP_SYMLINK:
		return unless_there(raw(SYS_symlinkat, op->a, AT_FDCWD, op->b));
	case ANTON_OP_WRITE:
		return write_text(op->a, op->b);
	case ANTON_OP_SETHOSTNAME:
		return raw(SYS_sethostname, op->a, length_of(op->a));
	case ANTON_OP_UNSHARE:
		return raw(SYS_unshare, op->number);
	case ANTON_OP_LO_UP:
		return set_lo_up();
	case ANTON_OP_SETIDS:
		return set_ids(op->number);
	case ANTON_OP_NO_NEW_PRIVS:
		return raw(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	case ANTON_OP_DROP_CAPS:
		return drop_caps(op->number);
	case ANTON_OP_NONE:
		break;
	}
	return -EINVAL;
}
