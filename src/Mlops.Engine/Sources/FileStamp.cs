using System.Runtime.InteropServices;

namespace Mlops.Engine;

/// <summary>What a file system says of a file without reading it. Equal stamps: not written to in between.</summary>
/// <param name="ModifiedTicks">UTC ticks of the last modification.</param>
/// <param name="ChangedTicks">UTC ticks of the last change of the file's record (ctime); 0 where unknown.</param>
/// <param name="Inode">0 where unknown.</param>
readonly record struct FileStamp(long LengthBytes, long ModifiedTicks, long ChangedTicks, ulong Inode)
{
    /// <returns>Null if there is no such file.</returns>
    public static FileStamp? Of(string path)
    {
        if (OperatingSystem.IsLinux() && LinuxFileStamp.TryOf(path, out var stamp))
            return stamp;
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks, 0, 0) : null;
    }
}

/// <summary>
/// Linux's <c>statx</c>, for the inode and the change time that .NET does not show: they betray a file that was
/// replaced or written to and then given back its old modification time.
/// </summary>
static partial class LinuxFileStamp
{
    const int CurrentDirectory = -100;
    const uint BasicStatistics = 0x7ff;
    const ushort FileTypeMask = 0xF000;
    const ushort RegularFile = 0x8000;

    public static bool TryOf(string path, out FileStamp? stamp)
    {
        stamp = null;
        try
        {
            if (Statx(CurrentDirectory, path, 0, BasicStatistics, out var buffer) == 0 && (buffer.Mode & FileTypeMask) == RegularFile)
                stamp = new FileStamp((long)buffer.Size, buffer.Modified.Ticks, buffer.Changed.Ticks, buffer.Inode);
            return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out Buffer buffer);

    /// <summary>The kernel's <c>struct statx_timestamp</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    readonly struct Timestamp
    {
        readonly long seconds;
        readonly uint nanoseconds;
        readonly int reserved;

        public long Ticks => DateTime.UnixEpoch.Ticks + seconds * TimeSpan.TicksPerSecond + nanoseconds / 100 + 0 * reserved;
    }

    /// <summary>The kernel's <c>struct statx</c>, 256 bytes, of which these fields are read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct Buffer
    {
        [FieldOffset(28)]
        public ushort Mode;
        [FieldOffset(32)]
        public ulong Inode;
        [FieldOffset(40)]
        public ulong Size;
        [FieldOffset(96)]
        public Timestamp Changed;
        [FieldOffset(112)]
        public Timestamp Modified;
    }
}
