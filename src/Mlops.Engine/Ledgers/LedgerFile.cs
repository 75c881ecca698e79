namespace Mlops.Engine;

/// <summary>The bytes of the ledger: whole lines, and after them perhaps one that a crash cut off.</summary>
static class LedgerFile
{
    const byte LineEnd = (byte)'\n';
    const int FirstLook = 1 << 16;

    /// <summary>
    /// How .NET tells of a lock that another process holds: by errno, on Windows by its own code.
    /// </summary>
    const int EAgain = 11, EAgainOfMac = 35, SharingViolation = unchecked((int)0x80070020);

    const int MostAttempts = 500;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Opens the file for this process alone, or for reading only among others that read. The system drops
    /// the lock of a process that dies. Waits for a lock and for nothing else.
    /// </summary>
    public static FileStream Open(string path, FileAccess access)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return access == FileAccess.Read
                    ? new FileStream(path, FileMode.Open, access, FileShare.Read, 1)
                    : new FileStream(path, FileMode.OpenOrCreate, access, FileShare.None, 1);
            }
            catch (IOException held)
                when (attempt < MostAttempts && held.HResult is EAgain or EAgainOfMac or SharingViolation)
            {
                Thread.Sleep(Pause);
            }
    }

    /// <summary>Reads from the end only as far as the last whole line.</summary>
    /// <returns>That line without its end, null if there is none; and what comes after it.</returns>
    public static (byte[]? LastLine, byte[] CutOff) ReadEnd(FileStream file)
    {
        for (var look = (long)FirstLook; ; look *= 4)
        {
            var start = Math.Max(0, file.Length - look);
            var end = new byte[file.Length - start];
            file.Position = start;
            file.ReadExactly(end);
            var whole = WholeLength(end);
            var lineStart = whole == 0 ? 0 : end.AsSpan(0, whole - 1).LastIndexOf(LineEnd) + 1;
            if (start == 0 || lineStart > 0)
                return (whole == 0 ? null : end[lineStart..(whole - 1)], end[whole..]);
        }
    }

    /// <remarks>A block that was never written reads as zeros, which no entry contains.</remarks>
    static int WholeLength(ReadOnlySpan<byte> content)
    {
        while (true)
        {
            var whole = content.LastIndexOf(LineEnd) + 1;
            var lastLine = content[..whole];
            lastLine = whole == 0 ? lastLine : lastLine[(lastLine[..^1].LastIndexOf(LineEnd) + 1)..];
            if (!lastLine.Contains((byte)0))
                return whole;
            content = content[..(whole - lastLine.Length)];
        }
    }

    /// <returns>The whole lines, and how many bytes come after them.</returns>
    public static (IReadOnlyList<LedgerLine> Lines, int CutOffBytes) ReadAll(FileStream file)
    {
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var lines = new List<LedgerLine>();
        var rest = content.AsSpan(0, WholeLength(content));
        while (rest.IndexOf(LineEnd) is >= 0 and var end)
        {
            lines.Add(LedgerLine.Of(rest[..end]));
            rest = rest[(end + 1)..];
        }
        return (lines, content.Length - WholeLength(content));
    }

    public static bool BeginsInThisFormat(FileStream file)
    {
        var beginning = new byte[Math.Min(file.Length, FirstLook)];
        file.Position = 0;
        file.ReadExactly(beginning);
        return LedgerLine.IsOfThisFormat(beginning);
    }
}
