namespace Mlops.Engine;

/// <summary>
/// Names that no file and no folder can have on Windows, and therefore none that is to lie on every system.
/// </summary>
public static class DeviceNames
{
    static readonly string[] Words = ["CON", "PRN", "AUX", "NUL"];

    /// <summary>
    /// Whether Windows takes a file or a folder of this name for a device, as it does whatever its ending is.
    /// </summary>
    /// <param name="part">Of a path, without slashes.</param>
    public static bool Has(string part)
    {
        var name = part.Split('.')[0];
        return Words.Contains(name, StringComparer.OrdinalIgnoreCase)
            || name.Length == 4 && char.IsAsciiDigit(name[3])
                && (name.StartsWith("COM", StringComparison.OrdinalIgnoreCase)
                    || name.StartsWith("LPT", StringComparison.OrdinalIgnoreCase));
    }
}
