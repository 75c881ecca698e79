using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mlops.Engine.Tests.Placing;

/// <summary>Where a file's bytes lie on its disk.</summary>
static partial class Extents
{
    /// <summary>Linux's <c>FS_IOC_FIEMAP</c>, and the sizes of what it is given and fills in.</summary>
    const nuint Map = 0xC020660B;
    const int HeaderBytes = 32;
    const int ExtentBytes = 56;
    const int MostExtents = 256;

    const uint SyncFirst = 1;
    const uint IsShared = 0x2000;

    /// <summary>
    /// Of each extent where it begins on the disk, how long it is, and whether another file has it too.
    /// </summary>
    public static IReadOnlyList<(long Physical, long Length, bool Shared)> Of(string path)
    {
        var map = new byte[HeaderBytes + (MostExtents * ExtentBytes)];
        BinaryPrimitives.WriteInt64LittleEndian(map.AsSpan(8), long.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(map.AsSpan(16), SyncFirst);
        BinaryPrimitives.WriteUInt32LittleEndian(map.AsSpan(24), MostExtents);
        using var file = File.OpenHandle(path);
        Control(file, Map, map).ShouldBe(0);
        var count = BinaryPrimitives.ReadInt32LittleEndian(map.AsSpan(20));
        return
        [
            .. Enumerable.Range(0, count)
                .Select(index => map.AsMemory(HeaderBytes + (index * ExtentBytes), ExtentBytes))
                .Select(extent => (
                    BinaryPrimitives.ReadInt64LittleEndian(extent.Span[8..]),
                    BinaryPrimitives.ReadInt64LittleEndian(extent.Span[16..]),
                    (BinaryPrimitives.ReadUInt32LittleEndian(extent.Span[40..]) & IsShared) != 0)),
        ];
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(SafeFileHandle file, nuint request, byte[] map);
}
