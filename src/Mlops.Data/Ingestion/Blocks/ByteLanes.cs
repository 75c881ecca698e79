using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mlops.Data.Ingestion;

/// <summary>
/// 64 bytes, compared all at once; a bit of a mask stands for each, and bits beyond the text are 0.
/// </summary>
readonly ref struct ByteLanes(Vector512<byte> lanes, ulong valid)
{
    public const int Count = 64;

    /// <summary>Line feeds.</summary>
    public ulong Lf { get; } = Equals(lanes, (byte)'\n') & valid;

    /// <summary>Carriage returns.</summary>
    public ulong Cr { get; } = Equals(lanes, (byte)'\r') & valid;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value) => Equals(lanes, value) & valid;

    /// <param name="bytes">What begins with the first lane; of the last of a text there may be fewer than
    /// 64.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes Of(ReadOnlySpan<byte> bytes) => bytes.Length >= Count
        ? new ByteLanes(Vector512.Create(bytes), ulong.MaxValue) : Last(bytes);

    /// <summary>Each bit: whether an odd number of bits is set up to it, itself included.</summary>
    /// <remarks>A product without carries with all ones, where the processor has it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Odd(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq
                .CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        for (var shift = 1; shift < Count; shift <<= 1)
            bits ^= bits << shift;
        return bits;
    }

    static ByteLanes Last(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[Count];
        padded.Clear();
        bytes.CopyTo(padded);
        return new ByteLanes(Vector512.Create(padded), (1ul << bytes.Length) - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Equals(Vector512<byte> lanes, byte value) =>
        Vector512.Equals(lanes, Vector512.Create(value)).ExtractMostSignificantBits();
}
