using System.Text;
using System.Text.Unicode;

namespace Mlops.Data.Ingestion;

/// <summary>
/// What a text is written in, where nobody declares it: what its byte-order mark says; else UTF-16, if its
/// first bytes have the <see cref="Utf16Signs"/>, or every other one is 0; else UTF-8, if all of it is; else
/// windows-1252, in which any bytes are some text. Text without a mark in which there is a 0 and which is no
/// UTF-8 is none of these.
/// </summary>
public static class DetectedEncoding
{
    public const string Utf8 = "utf-8";
    public const string Fallback = "windows-1252";

    /// <summary>How many bytes of a text are looked at before it is decoded.</summary>
    public const int HeadBytes = 4096;

    /// <summary>Below these, zeros are no sign.</summary>
    const int FewestPairs = 4;

    /// <param name="head">The text's first bytes, behind which there may be more; no byte-order mark.</param>
    public static string Of(ReadOnlySpan<byte> head)
    {
        Span<int> zeros = [0, 0];
        for (var i = 0; i < head.Length; i++)
            if (head[i] == 0)
                zeros[i % 2]++;
        var pairs = head.Length / 2;
        if (pairs < FewestPairs || head.Length % 2 != 0)
            return Utf8;
        return Utf16Signs.Of(head)
            ?? (zeros[1] > pairs / 2 && zeros[0] <= pairs / 20 ? "utf-16"
            : zeros[0] > pairs / 2 && zeros[1] <= pairs / 20 ? "utf-16BE"
            : Utf8);
    }

    /// <summary>Whether what is no UTF-8 may be text all the same.</summary>
    public static bool MayFallBack(ReadOnlySpan<byte> head) => !head.Contains((byte)0);
}

/// <summary>Whether bytes that come in pieces are UTF-8.</summary>
sealed class Utf8Check
{
    const int LongestSequence = 4;

    readonly byte[] pending = new byte[LongestSequence];
    int waiting;

    /// <summary>Of all bytes so far; the last may be the beginning of a character.</summary>
    public bool IsValid { get; private set; } = true;

    /// <summary>Of all bytes, if no more come.</summary>
    public bool IsWhole => IsValid && waiting == 0;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (waiting > 0 && IsValid && !bytes.IsEmpty)
        {
            pending[waiting++] = bytes[0];
            bytes = bytes[1..];
            IsValid = !IsBroken(pending.AsSpan(0, waiting), out waiting);
        }
        if (!IsValid || bytes.IsEmpty || (waiting == 0 && Ascii.IsValid(bytes)))
            return;
        var whole = bytes.Length - Unfinished(bytes);
        IsValid = Utf8.IsValid(bytes[..whole]);
        bytes[whole..].CopyTo(pending);
        waiting = bytes.Length - whole;
    }

    static bool IsBroken(ReadOnlySpan<byte> bytes, out int waiting)
    {
        var status = Rune.DecodeFromUtf8(bytes, out _, out _);
        waiting = status == System.Buffers.OperationStatus.NeedMoreData ? bytes.Length : 0;
        return status == System.Buffers.OperationStatus.InvalidData;
    }

    /// <summary>How many of the last bytes begin a character that they do not end.</summary>
    public static int Unfinished(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length < LongestSequence && length <= bytes.Length; length++)
            if ((bytes[^length] & 0xc0) != 0x80)
                return Rune.DecodeFromUtf8(bytes[^length..], out _, out _)
                    == System.Buffers.OperationStatus.NeedMoreData
                    ? length : 0;
        return 0;
    }
}
