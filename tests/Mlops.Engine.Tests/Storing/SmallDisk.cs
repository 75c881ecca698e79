using System.Diagnostics;

namespace Mlops.Engine.Tests.Storing;

/// <summary>A file system of a few bytes, mounted over a folder; needs the right to mount.</summary>
sealed class SmallDisk : IDisposable
{
    readonly string path;

    SmallDisk(string path) => this.path = path;

    /// <param name="options">As <c>size=64k,nr_inodes=20</c>.</param>
    public static SmallDisk Mount(string path, string options)
    {
        Directory.CreateDirectory(path);
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path),
            "This user may not mount a small file system.");
        return new SmallDisk(path);
    }

    public void Change(string options) => Run("mount", "-o", $"remount,{options}", path).ShouldBeTrue();

    public void Dispose() => Run("umount", "-l", path);

    /// <returns>Whether there is such a command and it ended well.</returns>
    public static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            process!.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
