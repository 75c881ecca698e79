// Signatures only, of Nuke.Common 10, written from a description of its public surface; nothing here runs.
#nullable disable

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common
{
    public static class Assert
    {
        [DoesNotReturn]
        public static void Fail(string message, Exception innerException = null) =>
            throw new NotSupportedException();

        public static void True(
            bool condition, string message = null,
            [CallerArgumentExpression(nameof(condition))] string text = null) =>
            throw new NotSupportedException();

        public static void False(
            bool condition, string message = null,
            [CallerArgumentExpression(nameof(condition))] string text = null) =>
            throw new NotSupportedException();

        public static T NotNull<T>(
            this T value, string message = null, [CallerArgumentExpression(nameof(value))] string text = null)
            where T : class => throw new NotSupportedException();

        public static string NotNullOrEmpty(
            this string value, string message = null,
            [CallerArgumentExpression(nameof(value))] string text = null) =>
            throw new NotSupportedException();

        public static IReadOnlyCollection<T> NotEmpty<T>(
            this IReadOnlyCollection<T> value, string message = null,
            [CallerArgumentExpression(nameof(value))] string text = null) =>
            throw new NotSupportedException();

        public static IReadOnlyCollection<T> Count<T>(
            this IReadOnlyCollection<T> value, int length, string message = null,
            [CallerArgumentExpression(nameof(value))] string text = null) =>
            throw new NotSupportedException();

        public static IReadOnlyCollection<T> HasSingleItem<T>(
            this IReadOnlyCollection<T> value, string message = null,
            [CallerArgumentExpression(nameof(value))] string text = null) =>
            throw new NotSupportedException();

        public static void FileExists(
            AbsolutePath path, string message = null,
            [CallerArgumentExpression(nameof(path))] string text = null) =>
            throw new NotSupportedException();

        public static void DirectoryExists(
            AbsolutePath path, string message = null,
            [CallerArgumentExpression(nameof(path))] string text = null) =>
            throw new NotSupportedException();
    }

    public static class ControlFlow
    {
        public static void ExecuteWithRetry(
            Action action, Action cleanup = null, int retryAttempts = 3, TimeSpan? delay = null,
            Action<string> logAction = null) => throw new NotSupportedException();

        public static void SuppressErrors(
            Action action, bool includeStackTrace = false, bool logWarning = true) =>
            throw new NotSupportedException();
    }

    public static class EnvironmentInfo
    {
        public static bool IsWin { get; }
        public static bool IsLinux { get; }
        public static bool IsOsx { get; }
        public static bool IsUnix { get; }
        public static AbsolutePath WorkingDirectory { get; set; }
        public static string GetVariable(string name) => throw new NotSupportedException();
        public static void SetVariable(string name, string value) => throw new NotSupportedException();
        public static bool HasVariable(string name) => throw new NotSupportedException();
        public static IDisposable SwitchWorkingDirectory(AbsolutePath path, bool allowCreate = true) =>
            throw new NotSupportedException();
    }

    public static class CollectionExtensions
    {
        public static bool Contains(this IEnumerable<ExecutableTarget> targets, Target target) =>
            throw new NotSupportedException();
    }
}

namespace Nuke.Common.Execution
{
    public enum ExecutionStatus
    {
        None,
        Scheduled,
        NotRun,
        Skipped,
        Succeeded,
        Failed,
        Running,
        Aborted,
        Collective,
    }

    public class ExecutableTarget
    {
        public string Name { get; }
        public string Description { get; }
        public bool Listed { get; }
        public List<(string Text, Func<bool> Delegate)> StaticConditions { get; }
        public List<(string Text, Func<bool> Delegate)> DynamicConditions { get; }
        public List<Action> Actions { get; }
        public IReadOnlyCollection<ExecutableTarget> ExecutionDependencies { get; }
        public IReadOnlyCollection<ExecutableTarget> OrderDependencies { get; }
        public IReadOnlyCollection<ExecutableTarget> TriggerDependencies { get; }
        public IReadOnlyCollection<ExecutableTarget> Triggers { get; }
        public IReadOnlyCollection<ExecutableTarget> AllDependencies { get; }
        public List<string> ArtifactProducts { get; }
        public int? PartitionSize { get; }
        public TimeSpan Duration { get; }
        public bool IsDefault { get; }
        public ExecutionStatus Status { get; set; }
        public bool Invoked { get; }
        public Dictionary<string, string> SummaryInformation { get; }
        public string Skipped { get; set; }
        public string OnlyWhen { get; set; }
    }

    public interface IBuildExtension
    {
        float Priority { get; }
    }
}

namespace Nuke.Common.CI
{
    public class Partition
    {
        public static Partition Single { get; }
        public int Part { get; }
        public int Total { get; }
        public bool IsIn(int part) => throw new NotSupportedException();
        public IEnumerable<T> GetCurrent<T>(IEnumerable<T> items) => throw new NotSupportedException();
    }
}

namespace Nuke.Common.IO
{
    public class AbsolutePath
    {
        public string Name { get; }
        public string NameWithoutExtension { get; }
        public string Extension { get; }
        public AbsolutePath Parent { get; }
        public static implicit operator AbsolutePath(string path) => throw new NotSupportedException();
        public static implicit operator string(AbsolutePath path) => throw new NotSupportedException();
        public static AbsolutePath operator /(AbsolutePath left, string right) =>
            throw new NotSupportedException();
        public static AbsolutePath operator /(AbsolutePath left, Range right) =>
            throw new NotSupportedException();
        public static AbsolutePath operator +(AbsolutePath left, string right) =>
            throw new NotSupportedException();
    }

    public static class AbsolutePathExtensions
    {
        public static AbsolutePath CreateDirectory(this AbsolutePath path) =>
            throw new NotSupportedException();
        public static AbsolutePath CreateOrCleanDirectory(this AbsolutePath path) =>
            throw new NotSupportedException();
        public static void DeleteFile(this AbsolutePath path) => throw new NotSupportedException();
        public static void DeleteDirectory(this AbsolutePath path) => throw new NotSupportedException();
        public static bool FileExists(this AbsolutePath path) => throw new NotSupportedException();
        public static bool DirectoryExists(this AbsolutePath path) => throw new NotSupportedException();
        public static bool Exists(this AbsolutePath path) => throw new NotSupportedException();
        public static string ReadAllText(this AbsolutePath path) => throw new NotSupportedException();
        public static AbsolutePath WriteAllText(this AbsolutePath path, string content) =>
            throw new NotSupportedException();
    }
}

namespace Nuke.Common.Tooling
{
    public delegate T Configure<T>(T value);
}
