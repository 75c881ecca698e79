using System.Runtime.InteropServices;

namespace Mlops.Learning.Training;

/// <summary>
/// Keeps LightGBM's threads from spinning while they wait for a core that someone else has, which costs
/// several times the work itself. .NET's own environment does not reach the C library, hence the call.
/// </summary>
static class NativeThreads
{
    /// <summary>Must come before LightGBM is loaded; a value that the user has set stays.</summary>
    public static void WaitPassively()
    {
        if (OperatingSystem.IsLinux())
            _ = SetEnvironment("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
    }

#pragma warning disable SYSLIB1054 // LibraryImport would need unsafe code for the whole project.
    [DllImport("libc", EntryPoint = "setenv", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    static extern int SetEnvironment(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
#pragma warning restore SYSLIB1054
}
