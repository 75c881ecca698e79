using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Mlops.Engine;

/// <summary>The SHA-256 of some bytes: 32 bytes, written as 64 lowercase hexadecimal digits.</summary>
[JsonConverter(typeof(DigestJsonConverter))]
public readonly record struct Digest : IComparable<Digest>
{
    public const int SizeBytes = 32;

    readonly string? hex;

    Digest(string hex) => this.hex = hex;

    /// <summary>The first twelve digits, for people; never an identity.</summary>
    public string Short => ToString()[..12];

    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SizeBytes];
        SHA256.HashData(bytes, digest);
        return FromBytes(digest);
    }

    /// <exception cref="ArgumentException">Not exactly 32 bytes.</exception>
    public static Digest FromBytes(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != SizeBytes)
            throw new ArgumentException(
                $"A digest has {SizeBytes} bytes, not {digest.Length}.", nameof(digest));
        return new Digest(Convert.ToHexStringLower(digest));
    }

    /// <exception cref="FormatException">Not 64 lowercase hexadecimal digits.</exception>
    public static Digest Parse(string hex) =>
        TryParse(hex, out var digest)
            ? digest
            : throw new FormatException($"'{hex}' is not a SHA-256 digest.");

    public static bool TryParse([NotNullWhen(true)] string? hex, out Digest digest)
    {
        digest = default;
        if (hex is not { Length: 2 * SizeBytes })
            return false;
        foreach (var digit in hex)
            if (!char.IsAsciiHexDigitLower(digit))
                return false;
        digest = new Digest(hex);
        return true;
    }

    /// <summary>Writes the 32 bytes to the front of a span.</summary>
    public void CopyTo(Span<byte> bytes) =>
        Convert.FromHexString(ToString(), bytes[..SizeBytes], out _, out _);

    public int CompareTo(Digest other) => string.CompareOrdinal(ToString(), other.ToString());

    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;
    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;
    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;

    public override string ToString() => hex ?? new string('0', 2 * SizeBytes);
}
