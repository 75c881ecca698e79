using System.Text;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>One run that executed something.</summary>
/// <param name="Previous">Digest of the line before; of no bytes for the first.</param>
public sealed record LedgerEntry(
    long Sequence,
    DateTimeOffset At,
    Digest Previous,
    string Command,
    IReadOnlyList<LedgerStep> Executed,
    int Reused,
    int Stopped);

public sealed record LedgerStep(string Step, Digest Key, Digest Output, double RunSeconds, bool Rejected);

/// <summary>The append-only record of runs, one JSON line each, linked by digests: <c>ledger.jsonl</c>.</summary>
sealed class Ledger(string path)
{
    const int MostAttempts = 500;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Appends a line. A last line that a crash cut off is set aside in <c>ledger.cut</c> first; no line that was
    /// whole is ever changed.
    /// </summary>
    public void Append(Func<long, Digest, LedgerEntry> entry)
    {
        using var file = Open();
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var whole = content.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (whole < content.Length)
            File.AppendAllText($"{path}.cut", Encoding.UTF8.GetString(content, whole, content.Length - whole) + "\n");
        var (sequence, last) = Last(content.AsSpan(0, whole));
        var line = JsonSerializer.SerializeToUtf8Bytes(entry(sequence + 1, Digest.Of(last)), EngineJson.Default.LedgerEntry);
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        file.Write([.. line, (byte)'\n']);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Opens the file for this process alone. The system drops the lock of a process that dies.</summary>
    /// <exception cref="ProblemException">Another process holds it for longer than an append can take.</exception>
    FileStream Open()
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException fault) when (fault is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (attempt == MostAttempts)
                    throw new ProblemException([new Problem(
                        "ENGINE-008", "The ledger could not be written to.", new Place(path), Actual: fault.Message,
                        Next: "Nothing that was built is lost. Look at who holds the file, and run again.")], inner: fault);
                Thread.Sleep(Pause);
            }
    }

    static (long Sequence, byte[] Line) Last(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty)
            return (0, []);
        var line = lines[(lines[..^1].LastIndexOf((byte)'\n') + 1)..^1];
        return (JsonSerializer.Deserialize(line, EngineJson.Default.LedgerEntry)!.Sequence, line.ToArray());
    }
}
