using System.Text.Json;

namespace Mlops.Engine;

/// <summary>A whole line of the ledger's file, without its end.</summary>
/// <param name="Entry">Null where the line is no entry of this form.</param>
public sealed record LedgerLine(Digest Leaf, LedgerEntry? Entry)
{
    /// <summary>
    /// Version of the lines' form. A file that begins and ends in another is set aside by the next append.
    /// </summary>
    public const string Format = "mlops-ledger/1";

    /// <summary>
    /// The tree up to and with this line, as the line itself has it; null where it cannot be read.
    /// </summary>
    public LedgerHead? Head =>
        Entry is null ? null : new LedgerHead(Entry.Number, MerklePeaks.Root(PeaksAfter(Entry)));

    /// <summary>The line of an entry, without its end.</summary>
    public static string Text(LedgerEntry entry) => System.Text.Encoding.UTF8.GetString(Write(entry));

    internal static LedgerLine Of(ReadOnlySpan<byte> line) => new(MerkleTree.Leaf(line), Read(line));

    internal static byte[] Write(LedgerEntry entry) =>
        JsonSerializer.SerializeToUtf8Bytes(entry, LedgerJson.Default.LedgerEntry);

    /// <summary>
    /// Describes how entries are written, which takes some milliseconds that a run has while it works.
    /// </summary>
    internal static void Describe() => LedgerJson.Default.LedgerEntry.MakeReadOnly();

    internal static bool IsOfThisFormat(ReadOnlySpan<byte> line) =>
        line.StartsWith(System.Text.Encoding.UTF8.GetBytes($"{{\"format\":\"{Format}\","));

    internal IReadOnlyList<Digest> PeaksAfter(LedgerEntry entry) =>
        MerklePeaks.Append(entry.Before, entry.Number - 1, Leaf);

    static LedgerEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, LedgerJson.Default.LedgerEntry)
                is { Format: Format, Number: > 0 } entry
                && entry.Before.Count == MerklePeaks.CountOf(entry.Number - 1) && IsWhole(entry.What)
                    ? entry
                    : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <remarks>The serializer lets nulls pass within lists.</remarks>
    static bool IsWhole(LedgerMatter what) => what is not LedgerMatter.Run run
        || !(run.Executed.Contains(null!) || run.Pipelines.Values.Contains(null!));
}
