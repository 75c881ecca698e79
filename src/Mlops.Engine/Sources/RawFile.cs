using Microsoft.Win32.SafeHandles;

namespace Mlops.Engine;

/// <summary>A raw file that is open to be read anywhere, by several threads at once.</summary>
/// <param name="confirm">Throws if the file is no longer the one that was asked for.</param>
public sealed class RawFile(string path, Action confirm) : IDisposable
{
    readonly SafeFileHandle file = File.OpenHandle(path);

    public long LengthBytes => RandomAccess.GetLength(file);

    /// <summary>Fills the buffer from a place in the file on, or as much of it as there is.</summary>
    /// <returns>How many bytes came.</returns>
    public int Read(Span<byte> buffer, long offset)
    {
        var filled = 0;
        while (filled < buffer.Length
            && RandomAccess.Read(file, buffer[filled..], offset + filled) is var read and > 0)
            filled += read;
        return filled;
    }

    /// <summary>What is in the file from a place on.</summary>
    public Stream OpenAt(long offset) =>
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 18) { Position = offset };

    /// <summary>
    /// To be called when all is read, before anything read is believed: the file's stamp says whether it
    /// still is what the digest names, and where it does not, its bytes do.
    /// </summary>
    /// <exception cref="ProblemException">The file changed (ENGINE-006).</exception>
    public void Confirm() => confirm();

    public void Dispose() => file.Dispose();
}

/// <summary>A range of a raw file.</summary>
/// <param name="Digest">Of the bytes in the range.</param>
public sealed record RawPiece(long Offset, long LengthBytes, Digest Digest);
