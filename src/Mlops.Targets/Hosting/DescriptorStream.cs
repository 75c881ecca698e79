using System.Runtime.InteropServices;

namespace Mlops.Targets;

/// <summary>
/// Writes to a descriptor of a Unix process and nothing else. .NET's own console stream locks
/// <c>Console.Out</c> while it writes; here that is a target's line on its way to the same stream, so two
/// threads would wait for each other. A file stream would not do: it keeps a position of its own, and
/// <c>&gt; log 2&gt;&amp;1</c> has one for both.
/// </summary>
sealed class DescriptorStream(int descriptor) : Stream
{
    const int Interrupted = 4, WouldBlock = 11, WouldBlockOfMac = 35;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">Nobody reads any more, or there is no room.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = Write(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else if (Marshal.GetLastPInvokeError() is var error && error is WouldBlock or WouldBlockOfMac)
                Thread.Sleep(Pause);
            else if (error != Interrupted)
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint Write(int descriptor, ref byte first, nint count);
}
