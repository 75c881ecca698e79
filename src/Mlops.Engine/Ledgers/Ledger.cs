using System.Globalization;

namespace Mlops.Engine;

/// <summary>
/// The append-only record of runs, releases and approvals, one JSON line each: <c>ledger.jsonl</c>. The lines
/// are the leaves of a Merkle tree, and each holds the peaks of the tree before it: an append reads the last
/// line only, and whatever is changed afterwards contradicts the line that follows it.
/// </summary>
sealed class Ledger(string path)
{
    /// <summary>
    /// Appends entries, all or none. A last line that a crash cut off is set aside in <c>ledger.jsonl.cut</c>
    /// first; no line that was whole is ever changed.
    /// </summary>
    /// <exception cref="ProblemException">It could not be written to, or its last entry is damaged;
    /// Damaged.</exception>
    public LedgerHead Append(DateTimeOffset at, params IReadOnlyList<LedgerMatter> matters)
    {
        try
        {
            using var file = LedgerFile.Open(path, FileAccess.ReadWrite);
            return Append(file, at, matters);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(
                [
                    new Problem(
                        "ENGINE-008", "The ledger could not be written to.", new Place(path),
                        Actual: fault.Message,
                        Next: "Nothing that was built is lost, but this run is not in the ledger. Free some "
                            + "space, or look at who holds the file, before you run again."),
                ],
                damaged: true, fault);
        }
    }

    /// <summary>Every entry, and how many bytes of a line come after them that a crash cut off.</summary>
    /// <exception cref="ProblemException">It could not be read; Damaged.</exception>
    public (IReadOnlyList<LedgerLine> Lines, int CutOffBytes) Read()
    {
        if (!File.Exists(path))
            return ([], 0);
        try
        {
            using var file = LedgerFile.Open(path, FileAccess.Read);
            return LedgerFile.ReadAll(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(
                [new Problem("ENGINE-020", "The ledger could not be read.",
                    new Place(path), Actual: fault.Message)],
                damaged: true, fault);
        }
    }

    LedgerHead Append(FileStream file, DateTimeOffset at, IReadOnlyList<LedgerMatter> matters)
    {
        var (lastLine, cutOff) = LedgerFile.ReadEnd(file);
        if (lastLine is not null && !LedgerLine.IsOfThisFormat(lastLine)
            && !LedgerFile.BeginsInThisFormat(file))
            (lastLine, cutOff) = SetAside(file);
        var (size, peaks) = End(lastLine);
        using var lines = new MemoryStream();
        foreach (var matter in matters)
        {
            var line = LedgerLine.Write(new LedgerEntry(LedgerLine.Format, size + 1, at, peaks, matter));
            lines.Write([.. line, (byte)'\n']);
            (peaks, size) = (MerklePeaks.Append(peaks, size, MerkleTree.Leaf(line)), size + 1);
        }
        Write(file, cutOff, lines.ToArray());
        return new LedgerHead(size, MerklePeaks.Root(peaks));
    }

    (long Size, IReadOnlyList<Digest> Peaks) End(byte[]? lastLine)
    {
        if (lastLine is null)
            return (0, []);
        var line = LedgerLine.Of(lastLine);
        return line.Entry is { } entry ? (entry.Number, line.PeaksAfter(entry)) : throw new ProblemException(
            [
                new Problem(
                    "ENGINE-021", "The last entry of the ledger is damaged: nothing can be linked to it.",
                    new Place(path),
                    Next: "Nothing that was built is lost, but this run is not in the ledger. Put the file "
                        + "back from a copy, or move it away to begin another. ./build.sh Verify names every "
                        + "damaged entry."),
            ],
            damaged: true);
    }

    /// <remarks>
    /// A write that fails half-way, as on a full disk, is taken back: what it followed is still whole.
    /// </remarks>
    void Write(FileStream file, byte[] cutOff, byte[] lines)
    {
        var whole = file.Length - cutOff.Length;
        if (cutOff.Length > 0)
            using (var cut = new FileStream($"{path}.cut", FileMode.Append))
                cut.Write([.. cutOff, (byte)'\n']);
        try
        {
            file.SetLength(whole);
            file.Position = whole;
            file.Write(lines);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(whole);
            throw;
        }
    }

    /// <remarks>Copied, not renamed: others may wait for the lock of this very file.</remarks>
    (byte[]? LastLine, byte[] CutOff) SetAside(FileStream file)
    {
        var number = 1;
        while (File.Exists(Aside(number)))
            number++;
        using (var aside = new FileStream(Aside(number), FileMode.CreateNew))
        {
            file.Position = 0;
            file.CopyTo(aside);
            aside.Flush(flushToDisk: true);
        }
        file.SetLength(0);
        return (null, []);
    }

    string Aside(int number) => $"{path}.set-aside-{number.ToString(CultureInfo.InvariantCulture)}";
}
