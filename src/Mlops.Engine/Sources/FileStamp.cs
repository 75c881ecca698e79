using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Mlops.Engine;

/// <summary>
/// What a file system says of a file without reading it. Equal stamps: not written to in between.
/// </summary>
/// <param name="ModifiedTicks">UTC ticks of the last modification.</param>
/// <param name="ChangedTicks">UTC ticks of the last change of the file's record (ctime);
/// 0 where unknown.</param>
/// <param name="Inode">0 where unknown.</param>
readonly record struct FileStamp(long LengthBytes, long ModifiedTicks, long ChangedTicks, ulong Inode)
{
    static readonly long RacyTicks = TimeSpan.FromSeconds(2).Ticks;

    /// <summary>
    /// Written to so short before the moment that it could be written to again without showing it: clocks of
    /// file systems tick, the coarsest in use every two seconds. Where the system tells when a file was last
    /// changed, the modification time does not matter, which anybody can set into the future.
    /// </summary>
    public bool IsYoung(DateTimeOffset moment) =>
        (ChangedTicks != 0 ? ChangedTicks : ModifiedTicks) >= moment.UtcTicks - RacyTicks;

    /// <summary>Four numbers with blanks between them, as <see cref="Read"/> takes them.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{LengthBytes} {ModifiedTicks} {ChangedTicks} {Inode}");

    /// <summary>Takes the four numbers and the blank after them off the front of a line.</summary>
    /// <returns>Null if they are not there.</returns>
    public static FileStamp? Read(ref ReadOnlySpan<byte> line)
    {
        if (!Number(ref line, out var length) || !Number(ref line, out var modified)
            || !Number(ref line, out var changed)
            || !Utf8Parser.TryParse(line, out ulong inode, out var used)
            || used >= line.Length || line[used] != ' ')
            return null;
        line = line[(used + 1)..];
        return new FileStamp(length, modified, changed, inode);
    }

    static bool Number(ref ReadOnlySpan<byte> line, out long number)
    {
        if (!Utf8Parser.TryParse(line, out number, out var used) || used >= line.Length || line[used] != ' ')
            return false;
        line = line[(used + 1)..];
        return true;
    }

    /// <param name="path">In UTF-8, followed in memory by a zero byte:
    /// the system takes it as it stands.</param>
    public static FileStamp? OfTerminated(ReadOnlySpan<byte> path) =>
        OperatingSystem.IsLinux() && LinuxFileStamp.TryOf(path, out var stamp)
            ? stamp
            : Of(Encoding.UTF8.GetString(path));

    /// <summary>Of a folder: what changes when an entry comes, goes or gets another name.</summary>
    public static FileStamp? OfFolder(string path)
    {
        if (OperatingSystem.IsLinux() && LinuxFileStamp.TryOfFolder(path, out var stamp))
            return stamp;
        var folder = new DirectoryInfo(path);
        return folder.Exists ? new FileStamp(0, folder.LastWriteTimeUtc.Ticks, 0, 0) : null;
    }

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
/// Linux's <c>statx</c>, for the inode and the change time that .NET does not show: they betray a file that
/// was replaced or written to and then given back its old modification time.
/// </summary>
static partial class LinuxFileStamp
{
    const int CurrentDirectory = -100;
    const int NotThroughLinks = 0x100;
    const uint BasicStatistics = 0x7ff;
    const ushort FileTypeMask = 0xF000;
    const ushort RegularFile = 0x8000;
    const ushort Folder = 0x4000;

    public static unsafe bool TryOf(ReadOnlySpan<byte> terminatedPath, out FileStamp? stamp)
    {
        fixed (byte* path = terminatedPath)
            return TryOf(path, RegularFile, out stamp);
    }

    public static bool TryOf(string path, out FileStamp? stamp) => TryOf(path, RegularFile, out stamp);

    public static bool TryOfFolder(string path, out FileStamp? stamp) => TryOf(path, Folder, out stamp);

    /// <returns>Null where there is no such file or folder, or the system cannot say.</returns>
    public static unsafe uint? OwnerOf(string path)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(path + '\0'))
        {
            try
            {
                Buffer buffer;
                return Statx(CurrentDirectory, bytes, NotThroughLinks, BasicStatistics, &buffer) == 0
                    ? buffer.Owner
                    : null;
            }
            catch (EntryPointNotFoundException)
            {
                return null;
            }
        }
    }

    static unsafe bool TryOf(string path, ushort fileType, out FileStamp? stamp)
    {
        Span<byte> buffer = stackalloc byte[512];
        var terminated = Encoding.UTF8.GetMaxByteCount(path.Length) < buffer.Length
            ? buffer
            : new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        terminated[Encoding.UTF8.GetBytes(path, terminated)] = 0;
        fixed (byte* bytes = terminated)
            return TryOf(bytes, fileType, out stamp);
    }

    static unsafe bool TryOf(byte* path, ushort fileType, out FileStamp? stamp)
    {
        stamp = null;
        try
        {
            Buffer buffer;
            if (Statx(CurrentDirectory, path, 0, BasicStatistics, &buffer) == 0
                && (buffer.Mode & FileTypeMask) == fileType)
                stamp = new FileStamp(
                    fileType == Folder ? 0 : (long)buffer.Size,
                    buffer.Modified.Ticks, buffer.Changed.Ticks, buffer.Inode);
            return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static unsafe partial int Statx(int directory, byte* path, int flags, uint mask, Buffer* buffer);

    /// <summary>The kernel's <c>struct statx_timestamp</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    readonly struct Timestamp
    {
        readonly long seconds;
        readonly uint nanoseconds;
        readonly int reserved;

        public long Ticks =>
            DateTime.UnixEpoch.Ticks + seconds * TimeSpan.TicksPerSecond + nanoseconds / 100 + 0 * reserved;
    }

    /// <summary>The kernel's <c>struct statx</c>, 256 bytes, of which these fields are read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct Buffer
    {
        [FieldOffset(20)]
        public uint Owner;
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
