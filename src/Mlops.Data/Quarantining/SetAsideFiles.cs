using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>Where a row comes from, and with what others.</summary>
/// <param name="Header">What the cells of a row are called.</param>
/// <param name="Bytes">The rows found as they stand in the file; null where a source has no lines.</param>
sealed record RowsOrigin(
    SourceRows Source, IReadOnlyList<string> Header, Artifact? Bytes, long PreambleBytes);

/// <summary>
/// Writes the rows set aside of each source into a file of their own, one source after another.
/// </summary>
sealed class SetAsideFiles(StageContext context) : IAsyncDisposable
{
    readonly string scratch = context.ScratchDirectory;
    readonly List<SetAsideFile> files = [];
    readonly HashSet<string> taken = new(StringComparer.Ordinal);
    RowsOrigin? origin;
    DiskStream? found;
    DiskStream? file;
    long rows;
    long next;

    /// <summary>A row that was found, in order.</summary>
    public async Task See(RowsOrigin from, RawRow row, bool isSetAside)
    {
        if (!ReferenceEquals(from, origin))
            await Begin(from);
        if (isSetAside)
        {
            file ??= await Create();
            rows++;
            if (found is null)
                await file.WriteAsync(Encoding.UTF8.GetBytes(row.Text + "\n"), context.Cancellation);
            else
                await Copy(next, row.Length!.Value);
        }
        next += row.Length ?? 0;
    }

    /// <returns>Null where no row was set aside.</returns>
    public async Task<IReadOnlyList<SetAsideFile>?> Store()
    {
        await End();
        return files.Count == 0 ? null : files;
    }

    public async ValueTask DisposeAsync()
    {
        await (found?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    async Task Begin(RowsOrigin from)
    {
        await End();
        (origin, rows, next) = (from, 0, from.PreambleBytes);
        found = from.Bytes is null ? null : DiskStream.OpenRead(context.Locate(from.Bytes));
    }

    async Task<DiskStream> Create()
    {
        file = DiskStream.Create(PathOf(files.Count));
        await Copy(0, origin!.PreambleBytes);
        return file;
    }

    async Task Copy(long offset, long length)
    {
        if (found is null)
            return;
        found.Position = offset;
        var buffer = new byte[(int)Math.Min(length, 1 << 16)];
        for (var left = length; left > 0;)
        {
            var read = buffer.AsMemory(0, (int)Math.Min(left, buffer.Length));
            await found.ReadExactlyAsync(read, context.Cancellation);
            await file!.WriteAsync(read, context.Cancellation);
            left -= read.Length;
        }
    }

    async Task End()
    {
        await DisposeAsync();
        if (file is not null)
            files.Add(new SetAsideFile(
                origin!.Source.File.Name,
                SetAsidePath.Of(origin.Source.File.Name, origin.Bytes is not null, taken),
                await context.WriteFile(
                    origin.Bytes is null ? MediaTypes.JsonLines : MediaTypes.Bytes, PathOf(files.Count)),
                rows, origin.Bytes is not null));
        (file, found) = (null, null);
    }

    string PathOf(int number) => Path.Combine(scratch, FormattableString.Invariant($"aside-{number}"));
}
