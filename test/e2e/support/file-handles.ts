/**
 * Turns every path below a directory into a file handle, drops all caches, and opens the handles again, as an NFS
 * server and overlayfs do: without a right export table the kernel opens other files, or none.
 */
export const FILE_HANDLES_SCRIPT = `
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
class Handle(ctypes.Structure):
    _fields_ = [('size', ctypes.c_uint), ('type', ctypes.c_int), ('bytes', ctypes.c_ubyte * 128)]
root = os.fsencode(sys.argv[-1])
handles = []
for base, dirs, files in os.walk(root):
    for name in dirs + files:
        path = os.path.join(base, name)
        handle, mount = Handle(size=128), ctypes.c_int()
        if libc.name_to_handle_at(-100, path, ctypes.byref(handle), ctypes.byref(mount), 0) != 0:
            sys.exit('name_to_handle_at %r: %s' % (path, os.strerror(ctypes.get_errno())))
        s = os.lstat(path)
        handles.append((path, handle, (s.st_ino, s.st_mode, s.st_size)))
with open('/proc/sys/vm/drop_caches', 'w') as f: f.write('2')
top = os.open(root, os.O_RDONLY)
for path, handle, expected in handles:
    fd = libc.open_by_handle_at(top, ctypes.byref(handle), os.O_PATH | os.O_NOFOLLOW)
    if fd < 0: sys.exit('open_by_handle_at %r: %s' % (path, os.strerror(ctypes.get_errno())))
    s = os.fstat(fd)
    os.close(fd)
    if (s.st_ino, s.st_mode, s.st_size) != expected: sys.exit('%r is another file' % path)
os.close(top)
print('handles', len(handles))
`;
