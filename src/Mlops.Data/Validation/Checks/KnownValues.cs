using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// The values that a column may have, at rest as ascending 128-bit digests of their texts: a list of millions
/// is tested against without being in a key. A number counts as it is written and as the column would
/// write it (7.0 is 7).
/// </summary>
sealed class KnownValues
{
    readonly HashSet<UInt128> digests;

    KnownValues(HashSet<UInt128> digests) => this.digests = digests;

    public bool Has(string text) => digests.Contains(DigestOf(text));

    public static Task<Artifact> Write(StageContext context, IEnumerable<string> values)
    {
        var digests = new HashSet<UInt128>();
        foreach (var value in values)
        {
            digests.Add(DigestOf(value));
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                digests.Add(DigestOf(new RealValues([number]).Text(0) ?? value));
        }
        UInt128[] sorted = [.. digests.Order()];
        return context.Write(
            MediaTypes.Bytes, stream => RowDigests.Write(stream, sorted, context.Cancellation));
    }

    public static KnownValues Read(StageContext context, Artifact artifact) =>
        new([.. RowDigests.Read(File.ReadAllBytes(context.Locate(artifact)))]);

    static UInt128 DigestOf(string text) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
