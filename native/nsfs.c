/* What the kernel says about namespaces by ioctl_nsfs(2). */
#define _GNU_SOURCE
#include "anton.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* As <linux/nsfs.h> has them, which not every libc's compiler finds. */
#define GET_USERNS _IO(0xb7, 1)
#define GET_PARENT _IO(0xb7, 2)
#define GET_NSTYPE _IO(0xb7, 3)
#define GET_OWNER_UID _IO(0xb7, 4)

/* The descriptors that these requests return have O_CLOEXEC. Closes the one that it replaces. */
static int go_to(int fd, unsigned long request)
{
	const int next = ioctl(fd, request);

	close(fd);
	return next;
}

int anton_owners(const char *path, struct anton_user_namespace *owners, int max)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), count = 0;

	if (fd < 0)
		return -errno;
	if (ioctl(fd, GET_NSTYPE) != CLONE_NEWUSER)
		fd = go_to(fd, GET_USERNS);
	for (; fd >= 0 && count < max; fd = go_to(fd, GET_PARENT)) {
		/* statx, because glibc has fstat as a symbol of its own only since 2.33. */
		struct statx status;
		uid_t uid;

		if (statx(fd, "", AT_EMPTY_PATH, STATX_INO, &status) < 0 || ioctl(fd, GET_OWNER_UID, &uid) < 0)
			break;
		owners[count++] = (struct anton_user_namespace){.inode = status.stx_ino, .owner = uid};
	}
	if (fd >= 0)
		close(fd);
	return count;
}

int anton_is_below(const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC), parent = fd < 0 ? -errno : go_to(fd, GET_PARENT);

	if (fd < 0)
		return parent;
	if (parent < 0)
		return 0;
	close(parent);
	return 1;
}
