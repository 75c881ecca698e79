using System.Runtime.InteropServices;
using System.Text;

namespace Mlops.Targets;

/// <summary>The console of this process.</summary>
static class ProcessConsole
{
    const int UsualColumns = 80;
    const int Utf8 = 65001;

    /// <remarks>
    /// On a terminal .NET's own writer first switches the keypad, which nobody asked for and which takes a
    /// while; anywhere it locks what targets print on: see <see cref="DescriptorStream"/>.
    /// </remarks>
    public static TextWriter Out() => OperatingSystem.IsWindows() ? Spelled(Console.Out) : Raw(1);

    public static TextWriter Error() => OperatingSystem.IsWindows() ? Spelled(Console.Error) : Raw(2);

    /// <remarks>
    /// Asking .NET's console would switch the keypad too; on Linux the terminal itself can be asked.
    /// </remarks>
    public static int Columns()
    {
        if (OperatingSystem.IsLinux())
            return TryAsk(out var size) && size.Columns > 0 ? size.Columns : UsualColumns;
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : UsualColumns;
        }
        catch (IOException)
        {
            return UsualColumns;
        }
    }

    static bool TryAsk(out WindowSize size)
    {
        const nuint GetWindowSize = 0x5413;
        size = default;
        try
        {
            return Control(1, GetWindowSize, ref size) == 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Control(int descriptor, nuint request, ref WindowSize size);

    /// <remarks>An encoding that .NET makes of a name begins with a mark that no terminal wants.</remarks>
    static TextWriter Raw(int descriptor)
    {
        var encoding = !SaysUtf8() && Console.OutputEncoding is { CodePage: not Utf8 } other
            ? other
            : new UTF8Encoding(false);
        return Spelled(TextWriter.Synchronized(
            new StreamWriter(new DescriptorStream(descriptor), encoding) { AutoFlush = true }));
    }

    /// <summary>
    /// Whether the locale names UTF-8, as nearly all do: .NET would look for it in its table of encodings.
    /// </summary>
    static bool SaysUtf8()
    {
        foreach (var name in (ReadOnlySpan<string>)["LC_ALL", "LC_MESSAGES", "LANG"])
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } locale)
                return locale.EndsWith(".UTF-8", StringComparison.OrdinalIgnoreCase);
        return false;
    }

    static TextWriter Spelled(TextWriter writer) =>
        writer.Encoding.CodePage == Utf8 ? writer : new SpellingWriter(writer);
}

/// <summary>As the kernel lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
struct WindowSize
{
    public ushort Rows;
    public ushort Columns;
    public ushort WidthInPixels;
    public ushort HeightInPixels;
}

/// <summary>
/// Spells out the signs that an old character set lacks: a question mark in their place would say nothing.
/// </summary>
sealed class SpellingWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    static readonly (string Sign, string Spelled)[] Signs =
        [("→", "->"), ("≥", ">="), ("≤", "<="), ("…", "..."), ("–", "-"), ("±", "+/-"), ("·", "-")];

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) =>
        Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        foreach (var (sign, spelled) in Signs)
            value = value?.Replace(sign, spelled, StringComparison.Ordinal);
        inner.Write(value);
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Flush() => inner.Flush();
}
