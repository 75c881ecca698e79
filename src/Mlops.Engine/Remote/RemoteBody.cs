using System.Buffers;
using System.Security.Cryptography;

namespace Mlops.Engine;

/// <summary>Bytes on their way, a piece at a time: memory does not depend on how many they are.</summary>
static class RemoteBody
{
    const int BufferBytes = 1 << 17;

    public static async Task Copy(Stream from, Stream to, Deadline deadline)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, deadline.Token)) > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), deadline.Token);
                deadline.Moved(read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Receives what must have this digest and length, and not a byte more.</summary>
    public static async Task<RemoteAnswer> Receive(
        Stream body, Stream to, Digest digest, long lengthBytes, Deadline deadline)
    {
        using var taken = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var answer = await Receive(body, to, lengthBytes, deadline, taken);
        if (!answer.IsDone)
            return answer;
        if (answer.LengthBytes < lengthBytes)
            return Wrong($"it has {answer.LengthBytes} bytes, not {lengthBytes}");
        return Digest.FromBytes(taken.GetHashAndReset()) is var found && found == digest
            ? answer
            : Wrong($"its SHA-256 is {found}");
    }

    /// <summary>Receives at most this many bytes.</summary>
    public static async Task<RemoteAnswer> Receive(
        Stream body, Stream to, long mostBytes, Deadline deadline, IncrementalHash? digest = null)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var received = 0L;
            while (await Next(body, buffer, deadline) is > 0 and var read)
            {
                received += read;
                if (received > mostBytes)
                    return Wrong($"it has more than {mostBytes} bytes");
                digest?.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
                deadline.Moved(read);
            }
            return RemoteAnswer.Done with { LengthBytes = received };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <remarks>What is wrong with the line is told from what is wrong with the disk.</remarks>
    static async Task<int> Next(Stream body, byte[] buffer, Deadline deadline)
    {
        try
        {
            return await body.ReadAsync(buffer, deadline.Token);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw new BrokenLineException(broken);
        }
    }

    static RemoteAnswer Wrong(FormattableString why) =>
        new(RemoteOutcome.Wrong, FormattableString.Invariant(why));
}

/// <summary>The connection ended in the middle of an answer.</summary>
sealed class BrokenLineException(Exception inner) : Exception(inner.Message, inner);
