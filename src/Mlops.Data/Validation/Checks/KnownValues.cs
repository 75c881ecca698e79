using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// The values that a column may have, at rest as ascending 128-bit digests of their texts: a list of millions
/// is tested against without being in a key. A number or a time counts as it is written and as a column
/// would write it (7.0 is 7, and 2026-01-31 12:00 is 2026-01-31T12:00:00).
/// </summary>
sealed class KnownValues
{
    readonly HashSet<UInt128> digests;

    KnownValues(HashSet<UInt128> digests) => this.digests = digests;

    public bool Has(string text) => digests.Contains(DigestOf(text));

    /// <summary>Whether a value is known, of decimals and reals however many zeros it ends with.</summary>
    public bool Has(string text, ColumnType type) => Has(text) || (type switch
    {
        ColumnType.Decimal => Has(Trimmed(text)),
        ColumnType.Real or ColumnType.Float => text == "-0" && Has("0"),
        _ => false,
    });

    public static Task<Artifact> Write(StageContext context, IEnumerable<string> values)
    {
        var digests = new HashSet<UInt128>();
        foreach (var value in values)
        {
            digests.Add(DigestOf(value));
            if (AsNumber(value) is { } number)
                digests.UnionWith([DigestOf(number), DigestOf(Trimmed(value))]);
            if (IsoTime.TryTimestamp(value, out var moment))
                foreach (var type in new[] { ColumnType.Timestamp, ColumnType.Instant })
                    digests.Add(DigestOf(new WholeValues(type, [moment]).Text(0)!));
        }
        UInt128[] sorted = [.. digests.Order()];
        return context.Write(
            MediaTypes.Bytes, stream => RowDigests.Write(stream, sorted, context.Cancellation));
    }

    public static KnownValues Read(StageContext context, Artifact artifact) =>
        new([.. RowDigests.Read(File.ReadAllBytes(context.Locate(artifact)))]);

    /// <summary>7.50 is 7.5 and 7.00 is 7, to any digit.</summary>
    static string Trimmed(string number) => number.Contains('.', StringComparison.Ordinal)
        && number.All(sign => char.IsAsciiDigit(sign) || sign is '-' or '.')
            ? number.TrimEnd('0').TrimEnd('.') : number;

    /// <summary>As a column of reals writes it; null for what is no number.</summary>
    static string? AsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            // Adding zero makes -0 and 0 one value with one name.
            ? new RealValues([number + 0.0]).Text(0) : null;

    static UInt128 DigestOf(string text) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
