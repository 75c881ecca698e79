using System.Globalization;
using System.Text;

namespace Mlops.Engine;

/// <summary>Everything that may influence a step's output, and the digest of it.</summary>
/// <param name="Input">The input record as canonical JSON.</param>
public sealed record ActionKey(Digest Digest, string Stage, int Version, string Toolchain, byte[] Input)
{
    /// <summary>The first field of every key: raised when the way keys are made changes.</summary>
    public const string Format = "mlops-key/1";

    public static ActionKey Of(string stage, int version, string toolchain, ReadOnlySpan<byte> input)
    {
        var canonical = CanonicalJson.Write(input);
        return new ActionKey(
            Digest.Of(Encode(stage, version, toolchain, canonical)), stage, version, toolchain, canonical);
    }

    /// <summary>Canonical JSON of the five fields; what the digest is taken of.</summary>
    internal static byte[] Encode(
        string stage, int version, string toolchain, ReadOnlySpan<byte> canonicalInput)
    {
        var head = $$"""{"format":"{{Format}}","input":""";
        var tail = string.Create(
            CultureInfo.InvariantCulture,
            $",\"stage\":{CanonicalJson.Quote(stage)},\"toolchain\":{CanonicalJson.Quote(toolchain)}"
            + $",\"version\":{version}}}");
        return [.. Encoding.UTF8.GetBytes(head), .. canonicalInput, .. Encoding.UTF8.GetBytes(tail)];
    }
}
