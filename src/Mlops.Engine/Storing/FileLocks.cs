namespace Mlops.Engine;

/// <summary>
/// How .NET tells of a lock that another process holds: by errno, on Windows by its own code.
/// </summary>
static class FileLocks
{
    const int EAgain = 11, EAgainOfMac = 35, SharingViolation = unchecked((int)0x80070020);

    public static bool IsHeld(IOException fault) =>
        fault.HResult is EAgain or EAgainOfMac or SharingViolation;
}
