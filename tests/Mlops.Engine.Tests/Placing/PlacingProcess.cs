using System.Runtime.Versioning;

namespace Mlops.Engine.Tests.Placing;

/// <summary>
/// Places a large file as the user that it runs as, and tells what became of it, one finding a line.
/// </summary>
static class PlacingProcess
{
    public const string Name = "place-a-large-file";

    /// <summary>POSIX modes and links are what it is about.</summary>
    /// <param name="root">A folder of this user's, in one file system.</param>
    /// <param name="apart">A folder of this user's in another.</param>
    [UnsupportedOSPlatform("windows")]
    public static int Run(string root, string apart)
    {
        var workspace = Open(root);
        var (artifact, built) = LargeStage.Build(workspace);
        var stored = workspace.Artifacts.PathOf(artifact.Digest);
        var (path, elsewhere) = (Path.Combine(root, "out", "model.bin"), Path.Combine(apart, "model.bin"));
        workspace.Place(artifact, path);
        workspace.Place(artifact, elsewhere);
        Console.WriteLine($"built: {built.Status}");
        Console.WriteLine(
            $"one file: {FileStamp.Of(path)!.Value.Inode == FileStamp.Of(stored)!.Value.Inode}");
        Console.WriteLine($"mode: {File.GetUnixFileMode(path)}");
        Console.WriteLine($"mode elsewhere: {File.GetUnixFileMode(elsewhere)}");
        Console.WriteLine($"left aside: {Directory.GetFiles(Path.Combine(root, "workspace", "tmp")).Length}");
        Console.WriteLine(
            $"idle: {LargeStage.Build(Open(root)).Step.Status}, placed again: "
            + $"{Open(root).Place(artifact, path)}");

        Console.WriteLine($"written to as it is: {TryWrite(path)}");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Console.WriteLine($"written to when made writable: {TryWrite(path)}");
        var after = Open(root);
        Console.WriteLine($"believed: {after.Artifacts.Holds(artifact)}");
        var again = LargeStage.Build(Open(root));
        Console.WriteLine($"again: {again.Step.Status}, equal: {again.Artifact == artifact}");
        var last = Open(root);
        Console.WriteLine(
            $"placed again: {last.Place(artifact, path)}, whole: "
            + $"{Digest.Of(File.ReadAllBytes(path)) == artifact.Digest}");
        Console.WriteLine($"store whole: {Digest.Of(File.ReadAllBytes(stored)) == artifact.Digest}");
        Console.WriteLine($"elsewhere whole: {Digest.Of(File.ReadAllBytes(elsewhere)) == artifact.Digest}");
        return 0;
    }

    static Workspace Open(string root) =>
        Workspace.Open(Path.Combine(root, "workspace"), TimeProvider.System);

    static bool TryWrite(string path)
    {
        try
        {
            using var file = File.OpenWrite(path);
            file.WriteByte(1);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
