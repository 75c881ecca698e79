namespace Mlops.Targets;

/// <summary>What to do where something is already.</summary>
public enum ExistsPolicy
{
    /// <summary>An error, for a file and for a folder.</summary>
    Fail,

    /// <summary>Folders are merged; a file that is there stays.</summary>
    MergeAndSkip,

    /// <summary>Folders are merged; a file that is there is replaced.</summary>
    MergeAndOverwrite,

    /// <summary>Folders are merged; a file that is there is replaced by a younger one.</summary>
    MergeAndOverwriteIfNewer,
}

/// <summary>Copies and moves files and whole folders.</summary>
public static class CopyExtensions
{
    /// <returns>Where it is now.</returns>
    /// <exception cref="IOException">There is something already,
    /// and the policy says that this fails.</exception>
    public static AbsolutePath Copy(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail) =>
        Transfer(source, target, policy, (from, to) => File.Copy(from, to, overwrite: true));

    public static AbsolutePath CopyToDirectory(
        this AbsolutePath source, AbsolutePath folder, ExistsPolicy policy = ExistsPolicy.Fail) =>
        source.Copy(folder / source.Name, policy);

    /// <inheritdoc cref="Copy"/>
    public static AbsolutePath Move(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail)
    {
        Transfer(source, target, policy, (from, to) => File.Move(from, to, overwrite: true));
        if (source.DirectoryExists() && source.GetFiles(depth: int.MaxValue).Count == 0)
            source.DeleteDirectory();
        return target;
    }

    public static AbsolutePath MoveToDirectory(
        this AbsolutePath source, AbsolutePath folder, ExistsPolicy policy = ExistsPolicy.Fail) =>
        source.Move(folder / source.Name, policy);

    static AbsolutePath Transfer(
        AbsolutePath source, AbsolutePath target, ExistsPolicy policy, Action<string, string> file)
    {
        if (source.DirectoryExists())
            TransferFolder(source, target, policy, file);
        else
            TransferFile(source, target, policy, file);
        return target;
    }

    static void TransferFolder(
        AbsolutePath source, AbsolutePath target, ExistsPolicy policy, Action<string, string> file)
    {
        if (policy == ExistsPolicy.Fail && target.Exists())
            throw new IOException($"{target} exists already.");
        // Listed first: the target may lie in the source.
        var (folders, files) =
            (source.GetDirectories(depth: int.MaxValue), source.GetFiles(depth: int.MaxValue));
        target.CreateDirectory();
        foreach (var folder in folders)
            (target / Path.GetRelativePath(source, folder)).CreateDirectory();
        foreach (var one in files)
            TransferFile(one, target / Path.GetRelativePath(source, one), policy, file);
    }

    static void TransferFile(
        AbsolutePath source, AbsolutePath target, ExistsPolicy policy, Action<string, string> file)
    {
        if (target.FileExists())
        {
            if (policy == ExistsPolicy.Fail)
                throw new IOException($"{target} exists already.");
            if (policy == ExistsPolicy.MergeAndSkip || (policy == ExistsPolicy.MergeAndOverwriteIfNewer
                && File.GetLastWriteTimeUtc(source) <= File.GetLastWriteTimeUtc(target)))
                return;
        }
        target.Parent?.CreateDirectory();
        file(source, target);
    }
}
