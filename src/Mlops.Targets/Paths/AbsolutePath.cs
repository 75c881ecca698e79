using System.Diagnostics.CodeAnalysis;

namespace Mlops.Targets;

/// <summary>
/// A normalized, rooted path; <c>root / "reports" / "out"</c> goes down, <c>path / ".."</c> up.
/// </summary>
public sealed record AbsolutePath
{
    readonly string path;

    AbsolutePath(string path) => this.path = path;

    public string Name => Path.GetFileName(path);

    public string NameWithoutExtension => Path.GetFileNameWithoutExtension(path);

    public string Extension => Path.GetExtension(path);

    public AbsolutePath? Parent =>
        Path.GetDirectoryName(path) is { } parent ? new AbsolutePath(parent) : null;

    /// <exception cref="ArgumentException">The path is relative.</exception>
    public static AbsolutePath Create(string path)
    {
        if (!Path.IsPathRooted(path))
            throw new ArgumentException($"'{path}' is not an absolute path.", nameof(path));
        var full = Path.GetFullPath(path);
        return new AbsolutePath(Path.TrimEndingDirectorySeparator(full));
    }

    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator AbsolutePath?(string? path) => path is null ? null : Create(path);

    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator string?(AbsolutePath? path) => path?.path;

    public static AbsolutePath operator /(AbsolutePath left, string right) =>
        Create(Path.Combine(left.path, right));

    /// <summary>One folder up: <c>path / ..</c>; the only range that means anything.</summary>
    /// <exception cref="ArgumentException">Another range, or there is no folder above.</exception>
    public static AbsolutePath operator /(AbsolutePath left, Range up) =>
        up.Equals(Range.All) && left.Parent is { } parent
            ? parent
            : throw new ArgumentException($"'{left}' has no folder above, or {up} is not '..'.", nameof(up));

    public static AbsolutePath operator +(AbsolutePath left, string suffix) => Create(left.path + suffix);

    public override string ToString() => path;
}
